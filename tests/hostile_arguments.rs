//! Whatever its arguments are, an operator answers or refuses: it does not panic, hang or take memory without bound.
//!
//! Every operator of the table is called with arguments made from its schema: plausible ones of which one is replaced by
//! something extreme, and extreme ones throughout. The numbers are the same in every run.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use sconce::op::{registry, Operator, Stack};
use sconce::schema::Argument;
use sconce::tensor::{set_memory_limit, Quantizer};
use sconce::value::List;
use sconce::{Complex, DType, IValue, Tensor, Type};

/// Calls of each operator; the variable ROUNDS asks for more.
const ROUNDS: usize = 100;
/// Longer than any call takes, also on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(8);
/// What one call may allocate at once outside tensors, in bytes.
const LARGEST: usize = 1 << 29;

#[test]
fn no_arguments_make_a_panic_or_a_hang() {
    // what tensors may hold together; larger ones are refused by an error
    set_memory_limit(1 << 28);
    std::panic::set_hook(Box::new(|panic| *PANIC.lock().expect("no panic in here") = panic.to_string()));
    let operators = OPERATORS.get_or_init(|| Arc::new(registry().all())).clone();
    let failures: Arc<Mutex<Vec<String>>> = Arc::default();
    let mut start = 0;
    while let Some(hanging) = run_from(start, &operators, &failures) {
        // its thread is left alone
        let (name, round) = (operators[hanging].qualified(), ROUND.load(Ordering::Relaxed));
        failures.lock().expect("no panic holds it").push(format!("{name} does not come back, round {round}"));
        start = hanging + 1;
    }
    let _ = std::panic::take_hook();
    let mut failures = failures.lock().expect("no panic holds it");
    let greedy = GREEDY.lock().expect("no panic holds it");
    failures.extend(greedy.iter().map(|i| format!("{} asks for too much memory", operators[*i].qualified())));
    assert!(failures.is_empty(), "{} operators fail:\n{}", failures.len(), failures.join("\n"));
}

/// Calls the operators from `start` on, on another thread. The number of the one that hangs, if one does.
fn run_from(start: usize, operators: &Arc<Vec<Arc<Operator>>>, failures: &Arc<Mutex<Vec<String>>>) -> Option<usize> {
    let worker = std::thread::spawn({
        let (operators, failures) = (operators.clone(), failures.clone());
        move || call_all(start, &operators, &failures)
    });
    let (mut last, mut since) = (0, Instant::now());
    while !worker.is_finished() {
        std::thread::sleep(Duration::from_millis(5));
        let now = CALLS.load(Ordering::Relaxed);
        if now != last {
            (last, since) = (now, Instant::now());
        }
        if since.elapsed() > PATIENCE {
            return Some(OPERATOR.load(Ordering::Relaxed));
        }
    }
    worker.join().unwrap_or_else(|_| panic!("arguments cannot be made: {}", last_panic()));
    None
}

static OPERATORS: OnceLock<Arc<Vec<Arc<Operator>>>> = OnceLock::new();
static CALLS: AtomicUsize = AtomicUsize::new(0);
static OPERATOR: AtomicUsize = AtomicUsize::new(0);
static ROUND: AtomicUsize = AtomicUsize::new(0);

/// What the last panic said.
static PANIC: Mutex<String> = Mutex::new(String::new());

fn last_panic() -> String {
    PANIC.lock().map_or_else(|e| e.into_inner().clone(), |text| text.replace('\n', " "))
}

/// Operators with an effect outside, or that run as long as they are told to, as polynomials of any degree do too.
const LEFT_OUT: [&str; 6] =
    ["aten::save", "aten::_print", "prim::Print", "aten::warn", "aten::from_file", "aten::__range_length"];

fn call_all(start: usize, operators: &[Arc<Operator>], failures: &Mutex<Vec<String>>) {
    let only = std::env::var("ONLY").unwrap_or_default();
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let mut slow = Vec::new();
    for (i, operator) in operators.iter().enumerate().skip(start) {
        let Ok(schema) = operator.schema() else { continue };
        if LEFT_OUT.contains(&&*operator.name)
            || operator.name.contains("_polynomial_")
            || !operator.name.contains(&only)
        {
            continue;
        }
        let mut random =
            Random(operator.qualified().bytes().fold(7, |h: u64, b| h.wrapping_mul(31).wrapping_add(u64::from(b) + 1)));
        let started = Instant::now();
        OPERATOR.store(i, Ordering::Relaxed);
        for round in 0..rounds {
            ROUND.store(round, Ordering::Relaxed);
            CALLS.fetch_add(1, Ordering::Relaxed);
            let args = arguments(&schema.arguments, round, &mut random);
            let mut stack: Stack = args.clone();
            let call = std::panic::AssertUnwindSafe(|| operator.call(&mut stack, args.len()));
            if std::panic::catch_unwind(call).is_err() {
                let text = format!("{} {args:?}: {}", operator.qualified(), last_panic());
                failures.lock().expect("no panic holds it").push(text);
                break;
            }
        }
        if started.elapsed() > Duration::from_millis(300) {
            slow.push(format!("{} {:?}", operator.qualified(), started.elapsed()));
        }
    }
    if std::env::var("SLOW").is_ok() {
        eprintln!("{}", slow.join("\n"));
    }
}

fn arguments(schema: &[Argument], round: usize, random: &mut Random) -> Vec<IValue> {
    let all_wild = round % 3 == 0;
    let wild_one = random.below(schema.len().max(1));
    let shape = SHAPES[random.below(SHAPES.len())];
    let dtype = DTYPES[if round % 2 == 0 { 0 } else { random.below(DTYPES.len()) }];
    let mut made = Vec::with_capacity(schema.len());
    for (i, argument) in schema.iter().enumerate() {
        made.push(match all_wild || i == wild_one {
            true => wild(&argument.ty, random),
            false => plausible(argument, shape, dtype, random),
        });
    }
    made
}

const DTYPES: [DType; 9] =
    [DType::F32, DType::F64, DType::I64, DType::U8, DType::Bool, DType::F16, DType::BF16, DType::C64, DType::I32];
const SHAPES: [&[i64]; 9] =
    [&[3, 4], &[], &[5], &[2, 3, 4], &[2, 0, 3], &[1, 2, 3, 4], &[0], &[3, 3], &[1, 2, 2, 3, 2]];
const INTS: [i64; 18] =
    [0, 0, 1, 1, 2, 3, -1, -2, 5, 100, 65, -100, 1 << 31, 1 << 40, 1 << 62, i64::MAX, i64::MIN, i64::MAX - 1];
const FLOATS: [f64; 9] = [0.0, 0.5, -1.0, 2.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, 1e-300];
const WORDS: [&str; 12] =
    ["mean", "sum", "none", "linear", "constant", "é", "", "reflect", "fro", "i,i->", "...ij,jk", "same"];

/// Anything of a type.
fn wild(ty: &Type, random: &mut Random) -> IValue {
    match ty {
        Type::Tensor(_) => {
            let (shape, dtype) = (SHAPES[random.below(SHAPES.len())], DTYPES[random.below(DTYPES.len())]);
            let x = tensor(shape, dtype, true, random);
            match random.below(8) {
                0 => quantized(shape, random),
                1 if x.dim() > 1 => x.transpose(0, -1).map_or(IValue::None, IValue::Tensor),
                2 if x.dim() > 0 && x.sizes()[0] == 1 => {
                    let mut sizes = x.sizes().to_vec();
                    sizes[0] = 3;
                    x.expand(&sizes).map_or(IValue::None, IValue::Tensor)
                }
                3 => sparse(random).map_or(IValue::Tensor(x), IValue::Tensor),
                _ => IValue::Tensor(x),
            }
        }
        Type::Int => IValue::Int(INTS[random.below(INTS.len())]),
        Type::Float => IValue::Double(FLOATS[random.below(FLOATS.len())]),
        Type::Number => match random.below(4) {
            0 => IValue::Complex(Complex::new(f64::NAN, 1e300)),
            1 => wild(&Type::Float, random),
            _ => wild(&Type::Int, random),
        },
        Type::Complex => IValue::Complex(Complex::new(FLOATS[random.below(FLOATS.len())], -1.0)),
        Type::Bool => IValue::Bool(random.below(2) == 0),
        Type::Str => IValue::str(WORDS[random.below(WORDS.len())]),
        Type::Optional(inner) => match random.below(3) {
            0 => IValue::None,
            _ => wild(inner, random),
        },
        Type::List(element) => {
            let n = random.below(5);
            let items = (0..n).map(|_| wild(element, random)).collect();
            IValue::List(List::new((**element).clone(), items))
        }
        _ => wild(if random.below(2) == 0 { &Type::Int } else { &Type::TENSOR }, random),
    }
}

/// What many operators take.
fn plausible(argument: &Argument, shape: &[i64], dtype: DType, random: &mut Random) -> IValue {
    match (&argument.default, &argument.ty) {
        (Some(default), _) => default.clone(),
        (_, Type::Tensor(_)) => {
            let dtype = match argument.name.as_str() {
                "index" | "indices" | "offsets" | "target" => DType::I64,
                "mask" | "condition" => DType::Bool,
                _ => dtype,
            };
            IValue::Tensor(tensor(shape, dtype, false, random))
        }
        (_, Type::Int) => IValue::Int(random.below(3) as i64),
        (_, Type::Number) => IValue::Int(2),
        (_, Type::Float) => IValue::Double(0.5),
        (_, Type::Bool) => IValue::Bool(random.below(2) == 0),
        (_, Type::Optional(_)) => IValue::None,
        (_, Type::List(element)) => {
            let n = match **element {
                Type::Int if argument.name == "size" => shape.len(),
                _ => 1 + random.below(3),
            };
            let items = (0..n).map(|i| match **element {
                Type::Int if argument.name == "size" => IValue::Int(shape[i]),
                Type::Int => IValue::Int(1 + random.below(2) as i64),
                _ => plausible(&Argument::new("", (**element).clone()), shape, dtype, random),
            });
            IValue::List(List::new((**element).clone(), items.collect()))
        }
        (_, ty) => wild(ty, random),
    }
}

fn tensor(shape: &[i64], dtype: DType, extreme: bool, random: &mut Random) -> Tensor {
    let out = Tensor::zeros(shape, dtype).expect("small");
    let n = out.numel();
    if dtype.is_integral(true) {
        let ints: Vec<i64> =
            (0..n).map(|_| if extreme { INTS[random.below(INTS.len())] } else { random.below(2) as i64 }).collect();
        out.assign(&ints).expect("numbers");
    } else {
        let floats: Vec<f64> = (0..n)
            .map(|_| if extreme { FLOATS[random.below(FLOATS.len())] } else { random.below(100) as f64 / 25.0 - 2.0 })
            .collect();
        out.assign(&floats).expect("numbers");
    }
    out
}

fn quantized(shape: &[i64], random: &mut Random) -> IValue {
    let scale = [0.5, 0.0, f64::NAN, 1e-300, f64::INFINITY][random.below(5)];
    let zero_point = [0, 3, i64::MAX, -1][random.below(4)];
    let integers = tensor(shape, DType::U8, true, random);
    let made = integers.with_quantizer(DType::QU8, Quantizer::per_tensor(scale, zero_point));
    made.map_or(IValue::None, IValue::Tensor)
}

fn sparse(random: &mut Random) -> Option<Tensor> {
    let to_sparse = registry().find("aten::to_sparse", "sparse_dim")?;
    let mut stack: Stack = vec![IValue::Tensor(tensor(&[3, 3], DType::F32, false, random)), IValue::Int(2)];
    to_sparse.call(&mut stack, 2).ok()?;
    stack.pop()?.to_tensor().ok()
}

/// Deterministic numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 8) as usize % n
    }
}

/// Refuses what a call must not ask for, and says which did: where the refusal is not handled, the process ends.
struct Watched;

#[global_allocator]
static ALLOCATOR: Watched = Watched;

// SAFETY: passes everything on to the system's allocator, or gives the null pointer, which is always allowed.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() > LARGEST {
            refused(layout.size());
            return std::ptr::null_mut();
        }
        // SAFETY: by contract.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: by contract.
        unsafe { System.dealloc(ptr, layout) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if layout.size() > LARGEST {
            refused(layout.size());
            return std::ptr::null_mut();
        }
        // SAFETY: by contract.
        unsafe { System.alloc_zeroed(layout) }
    }
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > LARGEST {
            refused(size);
            return std::ptr::null_mut();
        }
        // SAFETY: by contract.
        unsafe { System.realloc(ptr, layout, size) }
    }
}

/// The operators that asked for more than [`LARGEST`].
static GREEDY: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

fn refused(bytes: usize) {
    let (operator, round) = (OPERATOR.load(Ordering::Relaxed), ROUND.load(Ordering::Relaxed));
    // where the refusal is not handled, the process ends and this is all that is known
    let name = OPERATORS.get().and_then(|all| all.get(operator)).map(|operator| operator.qualified());
    eprintln!("{} asks for {bytes} bytes at once, round {round}", name.unwrap_or_default());
    if let Ok(mut greedy) = GREEDY.try_lock() {
        greedy.insert(operator);
    }
}
