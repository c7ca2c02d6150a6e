//! Operators against PyTorch: every line of `tests/op/*.cases` is a call and what PyTorch returned.
//!
//! `aten::add.Tensor ; f32 [2] 1 2 ; i64 [] 3 ; i 1 -> f32 [2] 4 5`, written by `tests/op/write.py`. `tests/op/text.rs`
//! reads the arguments and results. `->! text` expects an error that contains the text.

use sconce::op::{registry, Stack, Tag};
use sconce::tensor::SparseParts;
use sconce::{Complex, DType, IValue, Tensor};

#[path = "op/text.rs"]
mod text;
use text::parse;

#[test]
fn cases() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/op");
    let only = std::env::var("ONLY").unwrap_or_default();
    let (mut total, mut failures) = (0, Vec::new());
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("tests/op").flatten().map(|e| e.path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "cases")) {
        let text = std::fs::read_to_string(file).expect("readable");
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#') && l.contains(&only)) {
            total += 1;
            if let Err(error) = check(line) {
                failures.push(format!("{line}\n    {error}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {total} cases fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn operators_for_dense_tensors_refuse_sparse_ones() {
    let x = parse("sparse coo true [2,3] | i64 [2,1] 0 1 | f32 [1] 2").expect("a sparse tensor");
    for (name, more) in [("aten::exp", vec![]), ("aten::alias_copy", vec![]), ("aten::view", vec!["(i 3, i 2)"])] {
        let args: Vec<IValue> = [Ok(x.clone())]
            .into_iter()
            .chain(more.into_iter().map(parse))
            .collect::<Result<_, _>>()
            .expect("arguments");
        let mut stack: Stack = args.clone();
        let error = registry().find(name, "").expect(name).call(&mut stack, args.len()).expect_err(name);
        assert_eq!(error.message(), format!("{name} on sparse tensors"));
    }
}

fn check(line: &str) -> Result<(), String> {
    let (call, expected) = line.split_once(" ->").ok_or("no arrow")?;
    let mut parts = call.split(" ; ");
    let name = parts.next().ok_or("no name")?;
    let (base, overload) = name.split_once('.').unwrap_or((name, ""));
    let op = registry().find(base, overload).ok_or("no such operator")?;
    let args: Vec<IValue> = parts.map(parse).collect::<Result<_, _>>()?;
    let run = |op: &sconce::op::Operator, args: &[IValue]| {
        let mut stack: Stack = args.iter().map(copy).collect();
        let first = stack.first().cloned();
        op.call(&mut stack, args.len()).map(|()| (stack, first)).map_err(|e| e.message().to_string())
    };
    let got = run(&op, &args);
    if let Some(text) = expected.strip_prefix('!') {
        return match got {
            Err(error) if error.contains(text.trim()) => Ok(()),
            Err(error) => Err(format!("other error: {error}")),
            Ok((stack, _)) => Err(format!("no error but {}", show(&stack[0]))),
        };
    }
    let results: Vec<IValue> = expected.split(" ; ").map(parse).collect::<Result<_, _>>()?;
    let (stack, _) = got.map_err(|e| format!("error: {e}"))?;
    same_all(&stack, &results)?;
    keeps_its_word(&op, &args)?;
    // the in-place form, where self can hold the result, must leave the same in self
    if let (Some(inplace), Some(IValue::Tensor(x)), [IValue::Tensor(result)]) =
        (registry().find(&format!("{base}_"), overload), args.first(), &results[..])
    {
        let same_params = !x.dtype().is_quantized() || x.q_params().ok() == result.q_params().ok();
        if x.layout() == result.layout() && x.sizes() == result.sizes() && x.dtype() == result.dtype() && same_params {
            let (_, first) = run(&inplace, &args).map_err(|e| format!("in place: {e}"))?;
            same_all(&[first.unwrap_or_default()], &results).map_err(|e| format!("in place: {e}"))?;
        }
    }
    Ok(())
}

/// An operator writes nothing but what its schema or its entry say, and its results share no memory with arguments where
/// neither says so. What is known of a function's writes rests on it.
fn keeps_its_word(op: &sconce::op::Operator, args: &[IValue]) -> Result<(), String> {
    let words = |e: sconce::Error| e.message().to_string();
    let given: Vec<IValue> = args.iter().map(copy).collect();
    let mut stack: Stack = given.clone();
    op.call(&mut stack, args.len()).map_err(words)?;
    let schema = op.schema().map_err(words)?;
    let unmarked = op.unmarked_writes().map_or(Vec::new(), |writes| writes.arguments);
    for (argument, (after, before)) in schema.arguments.iter().zip(given.iter().zip(args)) {
        let changed = matches!(before, IValue::Tensor(_)) && same(after, before).is_err();
        if changed && !argument.is_write() && !unmarked.contains(&&*argument.name) {
            return Err(format!("writes '{}', which nothing says", argument.name));
        }
    }
    for (result, returned) in stack.iter().zip(&schema.returns) {
        let shared = |t: &Tensor| given.iter().flat_map(tensors).any(|a| a.numel() > 0 && a.shares_storage(t));
        if returned.alias.is_none() && !op.has_tag(Tag::MayAlias) && tensors(result).iter().any(shared) {
            return Err("a result shares an argument's memory, which nothing says".into());
        }
    }
    Ok(())
}

fn tensors(value: &IValue) -> Vec<Tensor> {
    match value {
        IValue::Tensor(tensor) => vec![tensor.clone()],
        IValue::List(list) => list.to_vec().iter().flat_map(tensors).collect(),
        _ => Vec::new(),
    }
}

fn copy(value: &IValue) -> IValue {
    match value {
        IValue::Tensor(t) if t.sparse_parts().is_some() => {
            let parts = t.sparse_parts().cloned().expect("sparse");
            let indices = parts.indices.iter().map(|i| i.deep_clone().expect("copy")).collect();
            let values = parts.values.deep_clone().expect("copy");
            IValue::Tensor(Tensor::sparse(t.sizes(), SparseParts { indices, values, ..parts }))
        }
        IValue::Tensor(t) => IValue::Tensor(t.deep_clone().expect("copy")),
        other => other.clone(),
    }
}

fn same_all(got: &[IValue], expected: &[IValue]) -> Result<(), String> {
    if got.len() != expected.len() {
        return Err(format!("{} results, expected {}", got.len(), expected.len()));
    }
    got.iter().zip(expected).try_for_each(|(g, e)| same(g, e).map_err(|why| format!("{why}: got {}", show(g))))
}

fn same(got: &IValue, expected: &IValue) -> Result<(), String> {
    match (got, expected) {
        (IValue::Tensor(g), IValue::Tensor(e)) => {
            if (g.dtype(), g.sizes()) != (e.dtype(), e.sizes()) {
                return Err("dtype or shape".into());
            }
            if g.layout() != e.layout() {
                return Err("layout".into());
            }
            if let (Some(g), Some(e)) = (g.sparse_parts(), e.sparse_parts()) {
                let indices = |parts: &SparseParts| parts.indices.iter().cloned().map(IValue::from).collect::<Vec<_>>();
                if g.coalesced != e.coalesced {
                    return Err("coalesced or not".into());
                }
                same_all(&indices(g), &indices(e))?;
                return same(&g.values.clone().into(), &e.values.clone().into());
            }
            let (rtol, atol) = match e.dtype().to_real() {
                DType::F16 => (2e-3, 2e-3),
                DType::BF16 => (2e-2, 2e-2),
                DType::F32 => (2e-5, 2e-6),
                DType::F64 => (1e-7, 1e-9),
                _ => (0.0, 0.0),
            };
            if e.dtype().is_quantized() {
                let parts = |t: &Tensor| -> Result<((f64, i64), Tensor), String> {
                    let words = |e: sconce::Error| e.message().to_string();
                    Ok((t.q_params().map_err(words)?, t.integers().map_err(words)?))
                };
                let (g, e) = (parts(g)?, parts(e)?);
                let (scale, expected) = (g.0 .0, e.0 .0);
                if (scale - expected).abs() > 1e-6 * expected.abs() || g.0 .1 != e.0 .1 {
                    return Err(format!("parameters {:?}, expected {:?}", g.0, e.0));
                }
                return same(&g.1.into(), &e.1.into());
            }
            let values = |t: &Tensor| t.to_vec::<Complex>().map_err(|e| e.message().to_string());
            for (g, e) in values(g)?.iter().zip(values(e)?) {
                let close =
                    |g: f64, e: f64| g == e || (g.is_nan() && e.is_nan()) || (g - e).abs() <= atol + rtol * e.abs();
                if !close(g.re, e.re) || !close(g.im, e.im) {
                    return Err(format!("{g} is not {e}"));
                }
            }
            Ok(())
        }
        (IValue::List(g), IValue::List(e)) => same_all(&g.to_vec(), &e.to_vec()),
        (IValue::Tuple(g), IValue::List(e)) => same_all(&g.elements, &e.to_vec()),
        (IValue::Double(g), IValue::Double(e)) if (g - e).abs() <= 1e-6 * e.abs() || g.is_nan() && e.is_nan() => Ok(()),
        (g, e) if g.is_identical(e) => Ok(()),
        _ => Err(format!("not {}", show(expected))),
    }
}

fn show(value: &IValue) -> String {
    match value {
        IValue::Tensor(t) if t.sparse_parts().is_some() => {
            let parts = t.sparse_parts().expect("sparse");
            let tensors: Vec<String> =
                parts.indices.iter().chain([&parts.values]).map(|t| show(&t.clone().into())).collect();
            format!("{:?} {} {:?} {}", t.layout(), parts.coalesced, t.sizes(), tensors.join(" | "))
        }
        IValue::Tensor(t) => format!(
            "{t:?} {:?}",
            t.to_vec::<Complex>().map(|v| v.iter().map(|c| c.to_string()).collect::<Vec<_>>().join(" "))
        ),
        other => format!("{other:?}"),
    }
}
