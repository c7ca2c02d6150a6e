//! Tensors from pickles: `_rebuild_tensor_v2` and its relatives over the storages of an archive.
//!
//! A storage that several tensors share stays shared. It is used in place, without a copy, where its bytes are in this
//! machine's order, aligned for the dtype and may be written; else it is copied. Nothing is allocated by a number from
//! the pickle: every tensor must fit the bytes that are there.

use std::collections::HashMap;
use std::sync::Arc;

use crate::archive::{ByteOrder, Bytes, GlobalName, Node, NodeId, Pickle, SavedTensor};
use crate::base::{Complex64, DType, Device, DeviceType, Layout, QScheme};
use crate::tensor::{QParams, Quantizer, SparseParts, Storage};
use crate::value::IValue;
use crate::{Error, Result, Tensor};

/// Where the bytes of storages are.
pub(super) trait Storages {
    /// The whole record of the storage with this key.
    fn bytes(&self, key: &str) -> Result<Bytes>;
    /// The record's name, for messages.
    fn record(&self, key: &str) -> String;
    fn byteorder(&self) -> ByteOrder;
}

/// Builds the tensors of one pickle.
pub(super) struct Tensors<'a> {
    pickle: &'a Pickle,
    storages: &'a dyn Storages,
    known: HashMap<&'a str, Storage>,
}

/// The values of nodes that were interpreted before.
pub(super) type Values<'a> = &'a dyn Fn(NodeId) -> Option<IValue>;

impl<'a> Tensors<'a> {
    pub fn new(pickle: &'a Pickle, storages: &'a dyn Storages) -> Self {
        Tensors { pickle, storages, known: HashMap::new() }
    }

    /// What the call at `id` of the function `name` makes; `None` when that is no tensor.
    pub fn rebuild(
        &mut self,
        id: NodeId,
        name: &GlobalName,
        args: &'a [NodeId],
        values: Values,
    ) -> Result<Option<Tensor>> {
        let (mut name, mut args) = (name, args);
        // the class of a subclass instance is dropped, as LibTorch does: func, type, args, state
        while name.is("torch._tensor", "_rebuild_from_type_v2") {
            let inner = match args {
                [func, _, inner, ..] => self.pickle.global(*func).zip(self.pickle.sequence(*inner)),
                _ => None,
            };
            (name, args) = inner.ok_or_else(|| self.malformed(id, name))?;
        }
        if name.module != "torch._utils" {
            return Ok(None);
        }
        let tensor = match name.name.as_str() {
            "_rebuild_tensor" | "_rebuild_tensor_v2" => self.strided(id, args, None),
            "_rebuild_tensor_v3" => match args.get(6).and_then(|dtype| self.dtype(*dtype)) {
                Some(dtype) => self.strided(id, args, Some(dtype)),
                None => Ok(None),
            },
            "_rebuild_parameter" | "_rebuild_parameter_with_state" => self.parameter(args, values),
            "_rebuild_qtensor" => self.quantized(id, args, values),
            "_rebuild_sparse_tensor" | "_rebuild_sparse_csr_tensor" => self.sparse(id, args, values),
            "_rebuild_meta_tensor_no_storage" => self.meta(id, args),
            _ => return Ok(None),
        };
        // what is wrong is always wrong in the file
        match tensor {
            Ok(Some(tensor)) => Ok(Some(tensor)),
            Ok(None) => Err(self.malformed(id, name)),
            Err(error) => Err(error),
        }
    }

    /// A dtype object: `torch float32`.
    pub fn dtype(&self, id: NodeId) -> Option<DType> {
        self.pickle.global(id).filter(|name| name.module == "torch").and_then(|n| DType::from_python_name(&n.name))
    }

    /// Arguments: storage, offset, sizes, strides, requires_grad, hooks, (dtype,) metadata.
    fn strided(&mut self, id: NodeId, args: &'a [NodeId], dtype: Option<DType>) -> Result<Option<Tensor>> {
        let [storage, offset, sizes, strides, rest @ ..] = args else { return Ok(None) };
        let requires_grad = rest.first().is_some_and(|node| *self.pickle.node(*node) == Node::Bool(true));
        let Some(tensor) = self.view(id, [*storage, *offset, *sizes, *strides], dtype)? else { return Ok(None) };
        let metadata = rest.get(if dtype.is_some() { 3 } else { 2 }).map(|node| self.pickle.node(*node));
        let flag = |name: &str| match metadata {
            Some(Node::Dict(pairs)) => pairs.iter().any(|(key, value)| {
                self.pickle.str(*key) == Some(name) && *self.pickle.node(*value) == Node::Bool(true)
            }),
            _ => false,
        };
        let tensor = self.resolve(tensor, flag("conj"), flag("neg"))?;
        tensor.set_requires_grad(requires_grad);
        Ok(Some(tensor))
    }

    /// Tensors that were saved as lazily conjugated or negated get real values: hosts read their memory.
    fn resolve(&self, tensor: Tensor, conj: bool, neg: bool) -> Result<Tensor> {
        if !(conj || neg) {
            return Ok(tensor);
        }
        let change = |v: Complex64| {
            let v = if conj { v.conj() } else { v };
            if neg {
                -v
            } else {
                v
            }
        };
        let values: Vec<Complex64> = tensor.to_vec::<Complex64>()?.into_iter().map(change).collect();
        let resolved = tensor.deep_clone()?;
        resolved.assign(&values)?;
        Ok(resolved)
    }

    fn view(
        &mut self,
        id: NodeId,
        [storage, offset, sizes, strides]: [NodeId; 4],
        dtype: Option<DType>,
    ) -> Result<Option<Tensor>> {
        let Node::PersistentId(pid) = *self.pickle.node(storage) else { return Ok(None) };
        let reference = self.pickle.storage(pid)?;
        let class = &reference.class.name;
        let stored = DType::from_storage_name(class);
        let Some(dtype) = dtype.or(stored) else {
            return Err(self.pickle.error(id, format!("unknown storage class {}", reference.class)));
        };
        let start = reference.view.map_or(0, |view| view.1);
        let offset = self.pickle.size(offset).and_then(|offset| offset.checked_add(start));
        let (Some(offset), Some(sizes), Some(strides)) = (offset, self.ints(sizes), self.ints(strides)) else {
            return Ok(None);
        };
        let location: Device = reference.location.parse().unwrap_or(Device::CPU);
        if location.kind == DeviceType::Meta {
            return self.at(id, pid, Tensor::without_data(&sizes, &strides, dtype, location)).map(Some);
        }
        let storage = self.storage(id, pid, stored.unwrap_or(DType::U8), dtype)?;
        self.at(id, pid, Tensor::from_storage(storage, offset, &sizes, &strides, dtype)).map(Some)
    }

    /// The storage under a persistent id; its `numel` counts elements of `stored`.
    fn storage(&mut self, id: NodeId, pid: NodeId, stored: DType, dtype: DType) -> Result<Storage> {
        let reference = self.pickle.storage(pid)?;
        if let Some(storage) = self.known.get(reference.key) {
            return Ok(storage.clone());
        }
        let storage = match reference.numel {
            0 => Storage::empty(),
            numel => {
                let bytes = self.at(id, pid, self.storages.bytes(reference.key))?;
                let needed = numel.checked_mul(stored.itemsize());
                if needed.is_none_or(|needed| needed > bytes.len()) {
                    let text = format!(
                        "the record has {} bytes, its storage {numel} elements of {} bytes",
                        bytes.len(),
                        stored.itemsize()
                    );
                    return self.at(id, pid, Err(Error::archive(text)));
                }
                self.at(id, pid, storage_of(bytes, dtype, self.storages.byteorder()))?
            }
        };
        self.known.insert(reference.key, storage.clone());
        Ok(storage)
    }

    /// A tensor from the table of a tar file; `id` is where the pickle asks for it.
    pub fn saved(&mut self, id: NodeId, saved: &'a SavedTensor) -> Result<Tensor> {
        let key = saved.storage.as_str();
        let within =
            |error: Error| self.pickle.error(id, format!("{}: {}", self.storages.record(key), error.message()));
        let dtype = DType::from_storage_name(&saved.class);
        let dtype = dtype.ok_or_else(|| self.pickle.error(id, format!("unknown storage class {}", saved.class)))?;
        let storage = match self.known.get(key) {
            Some(storage) => storage.clone(),
            None => {
                let storage =
                    self.storages.bytes(key).and_then(|bytes| storage_of(bytes, dtype, self.storages.byteorder()));
                let storage = storage.map_err(within)?;
                self.known.insert(key, storage.clone());
                storage
            }
        };
        Tensor::from_storage(storage, saved.offset, &saved.sizes, &saved.strides, dtype).map_err(within)
    }

    fn parameter(&self, args: &[NodeId], values: Values) -> Result<Option<Tensor>> {
        let [data, requires_grad, ..] = args else { return Ok(None) };
        let Some(IValue::Tensor(data)) = values(*data) else { return Ok(None) };
        let parameter = data.alias();
        parameter.set_requires_grad(*self.pickle.node(*requires_grad) == Node::Bool(true));
        Ok(Some(parameter))
    }

    /// Arguments: storage, offset, sizes, strides, (scheme, parameters…), requires_grad, hooks.
    fn quantized(&mut self, id: NodeId, args: &'a [NodeId], values: Values) -> Result<Option<Tensor>> {
        let [storage, offset, sizes, strides, params, ..] = args else { return Ok(None) };
        let Some(params) = self.pickle.sequence(*params) else { return Ok(None) };
        let Some(view) = self.view(id, [*storage, *offset, *sizes, *strides], None)? else { return Ok(None) };
        let number = |node: NodeId| match self.pickle.node(node) {
            Node::Float(value) => Some(*value),
            Node::Int(value) => Some(*value as f64),
            _ => None,
        };
        let scheme = params.first().and_then(|scheme| self.pickle.global(*scheme));
        let quantizer = match (scheme.map(|name| name.name.as_str()), params) {
            (Some("per_tensor_affine"), [_, scale, zero_point]) => {
                let (Some(scale), Some(zero_point)) = (number(*scale), self.pickle.int(*zero_point)) else {
                    return Ok(None);
                };
                Quantizer { scheme: QScheme::PerTensorAffine, params: QParams::PerTensor { scale, zero_point } }
            }
            (Some(name @ ("per_channel_affine" | "per_channel_affine_float_qparams")), [_, scales, zeros, axis]) => {
                let scheme = match name {
                    "per_channel_affine" => QScheme::PerChannelAffine,
                    _ => QScheme::PerChannelAffineFloatQParams,
                };
                let (Some(IValue::Tensor(scales)), Some(IValue::Tensor(zero_points))) =
                    (values(*scales), values(*zeros))
                else {
                    return Ok(None);
                };
                let axis = self.pickle.size(*axis).filter(|axis| *axis < view.dim());
                let Some(axis) = axis else { return Ok(None) };
                let channels = view.sizes()[axis] as usize;
                if scales.numel() != channels || zero_points.numel() != channels {
                    let text = format!("{channels} channels with {} scales", scales.numel());
                    return Err(self.pickle.error(id, text));
                }
                Quantizer { scheme, params: QParams::PerChannel { scales, zero_points, axis } }
            }
            _ => return Ok(None),
        };
        let dtype = view.dtype();
        let integers = view.reinterpret(dtype.underlying())?;
        integers.with_quantizer(dtype, Arc::new(quantizer)).map(Some)
    }

    /// Arguments in a script archive: layout number, sizes, requires_grad, then the parts and hooks. Of `torch.save`:
    /// layout object, then a tuple of the parts and the sizes.
    fn sparse(&self, id: NodeId, args: &'a [NodeId], values: Values) -> Result<Option<Tensor>> {
        let [layout, rest @ ..] = args else { return Ok(None) };
        let layout = match values(*layout) {
            Some(IValue::Int(code)) => code,
            _ => return Ok(None),
        };
        let from_script = self.pickle.int(args[0]).is_some();
        let layout = match layout {
            1 => Layout::Sparse,
            2 => Layout::SparseCsr,
            4 => Layout::SparseCsc,
            other => return Err(Error::unsupported(format!("sparse tensors of layout {other}"))),
        };
        let compressed = layout != Layout::Sparse;
        let (sizes, parts, tail) = if from_script {
            let [sizes, _, parts @ ..] = rest else { return Ok(None) };
            (*sizes, parts, None)
        } else {
            let Some(parts) = rest.first().and_then(|parts| self.pickle.sequence(*parts)) else { return Ok(None) };
            let at = if compressed { 3 } else { 2 };
            let Some(sizes) = parts.get(at) else { return Ok(None) };
            (*sizes, parts, parts.get(at + 1))
        };
        let coalesced = tail.is_some_and(|node| *self.pickle.node(*node) == Node::Bool(true));
        let Some(sizes) = self.ints(sizes) else { return Ok(None) };
        let tensor = |at: usize| match parts.get(at).and_then(|node| values(*node)) {
            Some(IValue::Tensor(tensor)) => Some(tensor),
            _ => None,
        };
        let (indices, values) = match compressed {
            false => (tensor(0).map(|t| vec![t]), tensor(1)),
            true => (tensor(0).zip(tensor(1)).map(|(a, b)| vec![a, b]), tensor(2)),
        };
        let (Some(indices), Some(values)) = (indices, values) else { return Ok(None) };
        check_sparse(&sizes, compressed, layout, &indices, &values)
            .map_err(|error| self.pickle.error(id, error.message()))?;
        Ok(Some(Tensor::sparse(&sizes, SparseParts { layout, indices, values, coalesced })))
    }

    /// Arguments: dtype, sizes, strides, requires_grad.
    fn meta(&self, id: NodeId, args: &[NodeId]) -> Result<Option<Tensor>> {
        let [dtype, sizes, strides, ..] = args else { return Ok(None) };
        let (Some(dtype), Some(sizes), Some(strides)) = (self.dtype(*dtype), self.ints(*sizes), self.ints(*strides))
        else {
            return Ok(None);
        };
        let tensor = Tensor::without_data(&sizes, &strides, dtype, Device::META);
        tensor.map(Some).map_err(|error| self.pickle.error(id, error.message()))
    }

    /// A tuple of integers, or a `torch.Size` around one.
    pub fn ints(&self, id: NodeId) -> Option<Vec<i64>> {
        let items = match self.pickle.call(id) {
            Some((name, [items])) if name.is("torch", "Size") => *items,
            _ => id,
        };
        self.pickle.sequence(items)?.iter().map(|item| self.pickle.int(*item)).collect()
    }

    /// Names the pickle, the byte and the record.
    fn at<T>(&self, id: NodeId, pid: NodeId, result: Result<T>) -> Result<T> {
        result.map_err(|error| {
            let record = self.pickle.storage(pid).map(|reference| self.storages.record(reference.key));
            let (record, message) = (record.unwrap_or_default(), error.message());
            let named = if message.contains(&record) { message.into() } else { format!("{record}: {message}") };
            self.pickle.error(id, named)
        })
    }

    fn malformed(&self, id: NodeId, name: &GlobalName) -> Error {
        self.pickle.error(id, format!("{name}: unexpected arguments"))
    }
}

/// Bytes as the storage of tensors of a dtype: in place where that can be.
pub(super) fn storage_of(bytes: Bytes, dtype: DType, byteorder: ByteOrder) -> Result<Storage> {
    let native = if cfg!(target_endian = "big") { ByteOrder::Big } else { ByteOrder::Little };
    // complex numbers are pairs: each half has its own byte order
    let unit = dtype.to_real().itemsize();
    if byteorder != native && unit > 1 {
        let mut swapped = bytes.to_vec();
        swapped.chunks_exact_mut(unit).for_each(<[u8]>::reverse);
        return copied(&swapped);
    }
    match bytes.region(unit.next_power_of_two().max(8)) {
        Some(region) => Ok(Storage::from_region(region)),
        None => copied(&bytes),
    }
}

fn copied(bytes: &[u8]) -> Result<Storage> {
    Ok(Tensor::from_slice(bytes, &[bytes.len() as i64])?.storage().clone())
}

/// The parts must have matching shapes, and the indices must lie inside the sizes.
fn check_sparse(sizes: &[i64], compressed: bool, layout: Layout, indices: &[Tensor], values: &Tensor) -> Result<()> {
    let negative = sizes.iter().any(|size| *size < 0);
    let count = sizes.iter().try_fold(1i64, |n, size| n.checked_mul(*size));
    crate::ensure!(!negative && count.is_some(), "sizes {sizes:?} of a sparse tensor");
    crate::ensure!(
        indices.iter().all(|part| part.dtype().is_integral(false)) && values.dim() >= 1,
        "parts of a sparse tensor"
    );
    if !compressed {
        let shape = indices[0].sizes();
        let (dims, nnz) = match shape {
            [dims, nnz] if *dims as usize <= sizes.len() => (*dims as usize, *nnz),
            _ => crate::bail!("indices of shape {shape:?} of a sparse tensor"),
        };
        let mut wanted = vec![nnz];
        wanted.extend(&sizes[dims..]);
        crate::ensure!(values.sizes() == wanted, "values of shape {:?}, expected {wanted:?}", values.sizes());
        let all = indices[0].to_vec::<i64>()?;
        for (row, size) in all.chunks_exact((nnz as usize).max(1)).zip(sizes) {
            crate::ensure!(row.iter().all(|index| (0..*size).contains(index)), "index outside of size {size}");
        }
        return Ok(());
    }
    crate::ensure!(sizes.len() == 2, "compressed sparse tensors have two dimensions here, not {}", sizes.len());
    let (rows, columns) = if layout == Layout::SparseCsr { (sizes[0], sizes[1]) } else { (sizes[1], sizes[0]) };
    let nnz = values.sizes()[0];
    let (starts, plain) = (indices[0].to_vec::<i64>()?, indices[1].to_vec::<i64>()?);
    let ascending = starts.windows(2).all(|pair| pair[0] <= pair[1]);
    let ends = starts.first() == Some(&0) && starts.last() == Some(&nnz);
    crate::ensure!(starts.len() as i64 == rows + 1 && ascending && ends, "compressed indices of a sparse tensor");
    let inside = plain.iter().all(|index| (0..columns).contains(index));
    crate::ensure!(plain.len() as i64 == nnz && inside, "plain indices of a sparse tensor");
    Ok(())
}
