//! Copying a graph's body into another graph.

use super::{BlockId, Graph, NodeId, ValueId};

impl Graph {
    /// Puts a copy of `callee`'s nodes at the end of `block`, with `args` for its inputs. Returns what its outputs have
    /// become. `edit` sees every copied node.
    pub fn append_copy(
        &mut self,
        block: BlockId,
        callee: &Graph,
        args: &[ValueId],
        edit: &mut dyn FnMut(&mut Graph, NodeId),
    ) -> Vec<ValueId> {
        let mut map: Vec<Option<ValueId>> = vec![None; callee.value_count()];
        for (input, arg) in callee.inputs().iter().zip(args) {
            map[input.0 as usize] = Some(*arg);
        }
        self.copy_block(block, callee, Graph::ROOT, &mut map, edit);
        callee.outputs().iter().filter_map(|v| map[v.0 as usize]).collect()
    }

    /// Copies the nodes of one block; `map` gives the values known so far and takes the new ones.
    fn copy_block(
        &mut self,
        to: BlockId,
        from: &Graph,
        block: BlockId,
        map: &mut Vec<Option<ValueId>>,
        edit: &mut dyn FnMut(&mut Graph, NodeId),
    ) {
        for &old in &from.block(block).nodes {
            let new = self.copy_node(from, old, map, edit);
            self.append(to, new);
            edit(self, new);
        }
    }

    fn copy_node(
        &mut self,
        from: &Graph,
        old: NodeId,
        map: &mut Vec<Option<ValueId>>,
        edit: &mut dyn FnMut(&mut Graph, NodeId),
    ) -> NodeId {
        let source = from.node(old);
        let inputs: Vec<ValueId> = source.inputs.iter().filter_map(|v| map[v.0 as usize]).collect();
        let new = self.create(source.kind.clone(), &inputs);
        {
            let node = self.node_mut(new);
            node.schema = source.schema.clone();
            node.attrs = source.attrs.clone();
            node.range = source.range.clone();
            node.inlined = source.inlined.clone();
        }
        for &inner in &source.blocks {
            let copy = self.add_block(new);
            for &param in &from.block(inner).params {
                let value = self.add_param(copy, from.ty(param).clone());
                self.set_name(value, from.value(param).name.clone());
                map[param.0 as usize] = Some(value);
            }
            self.copy_block(copy, from, inner, map, edit);
            for &returned in &from.block(inner).returns {
                if let Some(value) = map[returned.0 as usize] {
                    self.add_return(copy, value);
                }
            }
        }
        for &output in &source.outputs {
            let value = self.add_output(new, from.ty(output).clone());
            self.set_name(value, from.value(output).name.clone());
            map[output.0 as usize] = Some(value);
        }
        new
    }
}
