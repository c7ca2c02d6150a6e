//! Modules as a Rust program uses them: copies, dtypes, threads.

use sconce::analysis::Writes;
use sconce::{DType, IValue, Module, Scalar, Tensor};

fn load(name: &str) -> Module {
    sconce::load(format!("{}/tests/fixtures/{name}.pt", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

fn ones() -> IValue {
    Tensor::full(&[3], Scalar::Int(1), DType::F32).unwrap().into()
}

/// How often the counter was called, counting this call.
fn count(counter: &Module) -> i64 {
    let result = counter.forward(&[ones()]).unwrap().to_tuple().unwrap();
    result.elements[0].to_int().unwrap()
}

#[test]
fn copies_share_what_they_should() {
    let module = load("counter");
    assert_eq!(count(&module), 1);
    let (deep, shallow) = (module.deep_copy().unwrap(), module.shallow_copy().unwrap());
    assert_eq!((count(&deep), count(&deep), count(&module)), (2, 3, 2));
    assert_eq!(count(&shallow), 2, "the number of calls is its own");
    let total = |m: &Module| m.attr("total").unwrap().to_tensor().unwrap();
    assert!(total(&shallow).is_same(&total(&module)), "the tensor is not");
    assert!(!total(&deep).shares_storage(&total(&module)));
}

#[test]
fn methods_that_change_state_run_one_after_the_other() {
    let module = load("counter");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                (0..50).for_each(|_| {
                    count(&module);
                })
            });
        }
    });
    assert_eq!(count(&module), 201);
    assert_eq!(module.attr("total").unwrap().to_tensor().unwrap().to_vec::<f32>().unwrap(), [201.0; 3]);
}

#[test]
fn what_calls_change() {
    for (name, always, in_training) in [
        ("decision_gate", false, false),
        ("counter", true, true),
        ("small_cnn", false, true),
        ("running_norm", false, true),
    ] {
        let module = load(name);
        let forward = module.method("forward").unwrap();
        let plan = sconce::exec::plan_of(forward.function()).unwrap();
        let expected = match (always, in_training) {
            (true, _) => matches!(plan.writes(forward.function()), Writes::Always),
            (_, true) => matches!(plan.writes(forward.function()), Writes::InTraining(flags) if !flags.is_empty()),
            _ => matches!(plan.writes(forward.function()), Writes::Never),
        };
        assert!(expected, "{name}: {:?}", plan.writes(forward.function()));
    }
}

#[test]
fn statistics_count_every_call_in_training() {
    let module = load("running_norm");
    let x = IValue::from(Tensor::full(&[2, 3], Scalar::Float(0.5), DType::F32).unwrap());
    let tracked = || module.buffers().iter().find(|(n, _)| n.ends_with("tracked")).unwrap().1.item().unwrap().to_i64();
    let before = tracked();
    for on in [true, false] {
        module.train(on).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..50).for_each(|_| drop(module.forward(std::slice::from_ref(&x)).unwrap())));
            }
        });
        assert_eq!(tracked(), before + 200);
    }
}

#[test]
fn state_takes_another_dtype() {
    let module = load("small_cnn");
    let x = Tensor::full(&[1, 1, 8, 8], Scalar::Float(0.5), DType::F32).unwrap();
    let single = module.forward(&[x.clone().into()]).unwrap().to_tensor().unwrap().to_vec::<f64>().unwrap();
    let trained = |m: &Module| m.parameters().iter().filter(|(_, p)| p.requires_grad()).count();
    let before = trained(&module);
    module.to_dtype(DType::F64).unwrap();
    assert!(before > 0 && trained(&module) == before, "{before} parameters required gradients");
    assert!(module.parameters().iter().all(|(_, p)| p.dtype() == DType::F64));
    assert!(module.buffers().iter().any(|(_, b)| b.dtype() == DType::I64), "counters keep theirs");
    let x = x.to_dtype(DType::F64).unwrap();
    let double = module.forward(&[x.into()]).unwrap().to_tensor().unwrap();
    assert_eq!(double.dtype(), DType::F64);
    let double = double.to_vec::<f64>().unwrap();
    assert!(single.iter().zip(&double).all(|(a, b)| (a - b).abs() < 1e-4), "{single:?} {double:?}");
    assert!(module.to_dtype(DType::I64).is_err());
}
