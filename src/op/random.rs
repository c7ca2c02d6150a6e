//! Random numbers: generators as values, tensors drawn from distributions. The numbers for a seed are PyTorch's,
//! draw for draw; [`set_stream`] chooses between the versions of PyTorch that differ.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

use super::call::FromIValue;
use super::Op;
use crate::base::{bf16, f16, Complex64, Device, Dims, MemoryFormat, Scalar};
use crate::kernel::random as draw;
use crate::kernel::random::{Generator, Mcg31};
use crate::tensor::{default_dtype, infer_dense_strides, tile};
use crate::value::{IValue, Opaque, Type};
use crate::{bail, ensure, op, DType, Error, Result, Tensor};

pub const OPS: &[Op] = &[
    op!("aten::manual_seed(int seed) -> ()", manual_seed_op(_), tags [SideEffect]),
    op!(
        "aten::manual_seed.generator(Generator(a!) self, int seed) -> Generator(a!)",
        manual_seed_generator(_, _),
        tags [SideEffect]
    ),
    op!("aten::seed(Generator(a!) self) -> int", seed_op(_), tags [Random, SideEffect]),
    op!("aten::initial_seed(Generator self) -> int", initial_seed(_)),
    op!(
        "aten::Generator(*, Device? device=None, int? seed=None) -> Generator",
        new_generator(_, _),
        tags [SideEffect]
    ),
    op!(
        "aten::rand(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        rand(_, _, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::rand.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        rand_generator(_, _, _, _, _, _), out "generator_out",
        tags [Random]),
    op!("aten::rand.out(SymInt[] size, *, Tensor(a!) out) -> Tensor(a!)", rand_out(_, _), tags [Random]),
    op!(
        "aten::rand_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        rand_like(_, _, _, _, _, _), out "out",
        tags [Random]),
    op!(
        "aten::randn(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randn(_, _, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::randn.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randn_generator(_, _, _, _, _, _), out "generator_out",
        tags [Random]),
    op!("aten::randn.out(SymInt[] size, *, Tensor(a!) out) -> Tensor(a!)", randn_out(_, _), tags [Random]),
    op!(
        "aten::randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        randn_like(_, _, _, _, _, _), out "out",
        tags [Random]),
    op!(
        "aten::randint(SymInt high, SymInt[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randint(_, _, _, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::randint.generator(SymInt high, SymInt[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randint_generator(_, _, _, _, _, _, _), out "generator_out",
        tags [Random]),
    op!(
        "aten::randint.low(SymInt low, SymInt high, SymInt[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randint_low(_, _, _, _, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::randint.low_generator(SymInt low, SymInt high, SymInt[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randint_low_generator(_, _, _, _, _, _, _, _), out "low_generator_out",
        tags [Random]),
    op!("aten::randint.out(SymInt high, SymInt[] size, *, Tensor(a!) out) -> Tensor(a!)", randint_out(_, _, _), tags [Random]),
    op!(
        "aten::randint.low_out(SymInt low, SymInt high, SymInt[] size, *, Tensor(a!) out) -> Tensor(a!)",
        randint_low_out(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::randint_like(Tensor self, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        randint_like(_, _, _, _, _, _, _), out "out",
        tags [Random]),
    op!(
        "aten::randint_like.low_dtype(Tensor self, SymInt low, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        randint_like_low(_, _, _, _, _, _, _, _), out "low_dtype_out",
        tags [Random]),
    op!(
        "aten::randperm(SymInt n, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randperm(_, _, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::randperm.generator(SymInt n, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        randperm_generator(_, _, _, _, _, _), out "generator_out",
        tags [Random]),
    op!("aten::randperm.out(SymInt n, *, Tensor(a!) out) -> Tensor(a!)", randperm_out(_, _), tags [Random]),
    op!(
        "aten::uniform_(Tensor(a!) self, float from=0., float to=1., *, Generator? generator=None) -> Tensor(a!)",
        uniform_(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::uniform(Tensor self, float from=0., float to=1., *, Generator? generator=None) -> Tensor",
        uniform(_, _, _, _),
        out "out",
        tags [Random]
    ),
    op!(
        "aten::normal_(Tensor(a!) self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor(a!)",
        normal_(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::normal_functional(Tensor self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor",
        normal_functional(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor",
        normal_tensor_tensor(_, _, _),
        out "Tensor_Tensor_out",
        tags [Random]
    ),
    op!(
        "aten::normal.Tensor_float(Tensor mean, float std=1., *, Generator? generator=None) -> Tensor",
        normal_tensor_float(_, _, _),
        out "Tensor_float_out",
        tags [Random]
    ),
    op!(
        "aten::normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor",
        normal_float_tensor(_, _, _),
        out "float_Tensor_out",
        tags [Random]
    ),
    op!(
        "aten::normal.float_float(float mean, float std, SymInt[] size, *, Generator? generator=None, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        normal_float_float(_, _, _, _, _, _, _, _), out "float_float_out",
        tags [Random]),
    op!(
        "aten::log_normal_(Tensor(a!) self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor(a!)",
        log_normal_(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::log_normal(Tensor self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor",
        log_normal(_, _, _, _),
        out "out",
        tags [Random]
    ),
    op!(
        "aten::cauchy_(Tensor(a!) self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor(a!)",
        cauchy_(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::cauchy(Tensor self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor",
        cauchy(_, _, _, _),
        out "out",
        tags [Random]
    ),
    op!(
        "aten::exponential_(Tensor(a!) self, float lambd=1., *, Generator? generator=None) -> Tensor(a!)",
        exponential_(_, _, _),
        tags [Random]
    ),
    op!(
        "aten::exponential(Tensor self, float lambd=1., *, Generator? generator=None) -> Tensor",
        exponential(_, _, _),
        out "out",
        tags [Random]
    ),
    op!(
        "aten::geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!)",
        geometric_(_, _, _),
        tags [Random]
    ),
    op!(
        "aten::geometric(Tensor self, float p, *, Generator? generator=None) -> Tensor",
        geometric(_, _, _),
        out "out",
        tags [Random]
    ),
    op!("aten::random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)", random_(_, _), tags [Random]),
    op!(
        "aten::random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)",
        random_from_(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!)",
        random_to_(_, _, _),
        tags [Random]
    ),
    op!("aten::bernoulli(Tensor self, *, Generator? generator=None) -> Tensor", bernoulli(_, _), out "out", tags[Converts, Random, Aligned]),
    op!(
        "aten::bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor",
        bernoulli_p(_, _, _),
        tags [Random]
    ),
    op!(
        "aten::bernoulli.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor",
        bernoulli_like(_, _, _),
        out "Tensor_out",
        tags [Random]
    ),
    op!(
        "aten::bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)",
        bernoulli_tensor_(_, _, _),
        tags [Random]
    ),
    op!(
        "aten::bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)",
        bernoulli_float_(_, _, _),
        tags [Random]
    ),
    op!(
        "aten::bernoulli.float_out(Tensor self, float p=0.5, *, Generator? generator=None, Tensor(a!) out) -> Tensor(a!)",
        bernoulli_float_out(_, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::normal.out(Tensor self, float mean=0., float std=1., *, Generator? generator=None, Tensor(a!) out) -> Tensor(a!)",
        normal_out(_, _, _, _, _),
        tags [Random]
    ),
    op!(
        "aten::multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor",
        multinomial(_, _, _, _),
        out "out",
        tags [Random]
    ),
    op!("aten::poisson(Tensor self, Generator? generator=None) -> Tensor", poisson(_, _), out "out", tags[Converts, Random]),
    op!(
        "aten::binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor",
        binomial(_, _, _),
        out "out",
        tags [Random]
    ),
    op!(
        "aten::_standard_gamma(Tensor self, Generator? generator=None) -> Tensor",
        standard_gamma(_, _),
        out "out",
        tags [Random]
    ),
    op!(
        "aten::_sample_dirichlet(Tensor self, Generator? generator=None) -> Tensor",
        sample_dirichlet(_, _),
        out "out",
        tags [Random]
    ),
    op!(
        "aten::rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor",
        rrelu(_, _, _, _, _),
        inplace,
        tags [Random]
    ),
    op!(
        "aten::rrelu_with_noise(Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor",
        rrelu_with_noise(_, _, _, _, _, _),
        inplace,
        out "out",
        writes "noise if training",
        tags[Random]
    ),
];

/// Which PyTorch's numbers a seed gives, where versions differ: Bernoulli numbers of one probability (so dropout),
/// exponential numbers, half precision, wide integer ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// PyTorch 2.5 on x86, which asks MKL for some distributions.
    Mkl = 0,
    /// Later versions, and builds without MKL.
    Current = 1,
}

static STREAM: AtomicU8 = AtomicU8::new(Stream::Mkl as u8);

/// Chooses for the whole process.
pub fn set_stream(stream: Stream) {
    STREAM.store(stream as u8, Ordering::Relaxed);
}

pub fn stream() -> Stream {
    match STREAM.load(Ordering::Relaxed) {
        0 => Stream::Mkl,
        _ => Stream::Current,
    }
}

/// A generator as a value of scripts. Locked for the whole of a drawing operator.
pub struct GeneratorObject(Mutex<Generator>);

impl Opaque for GeneratorObject {
    fn ty(&self) -> Type {
        Type::Generator
    }
}

impl GeneratorObject {
    pub fn new(seed: u64) -> GeneratorObject {
        GeneratorObject(Mutex::new(Generator::new(seed)))
    }
    pub fn manual_seed(&self, seed: u64) {
        *self.0.lock() = Generator::new(seed);
    }
    pub fn initial_seed(&self) -> u64 {
        self.0.lock().seed()
    }
    /// The 5056 bytes of `torch.get_rng_state`.
    pub fn state(&self) -> Vec<u8> {
        self.0.lock().to_bytes()
    }
    pub fn set_state(&self, bytes: &[u8]) -> Result<()> {
        let Some(generator) = Generator::from_bytes(bytes) else {
            bail!("RNG state is wrong size or not a state: {} bytes", bytes.len());
        };
        *self.0.lock() = generator;
        Ok(())
    }
}

/// The generator of operators that are given none.
pub fn default_generator() -> &'static Arc<GeneratorObject> {
    static DEFAULT: OnceLock<Arc<GeneratorObject>> = OnceLock::new();
    DEFAULT.get_or_init(|| Arc::new(GeneratorObject::new(DEFAULT_SEED)))
}

/// `torch.manual_seed`.
pub fn manual_seed(seed: u64) {
    default_generator().manual_seed(seed);
}

const DEFAULT_SEED: u64 = 67_280_421_310_721;

/// The argument `Generator? generator`.
pub struct Gen(Option<Arc<dyn Opaque>>);

impl Gen {
    pub const DEFAULT: Gen = Gen(None);

    fn object(&self) -> Result<&GeneratorObject> {
        match &self.0 {
            None => Ok(default_generator()),
            Some(any) => (&**any as &dyn std::any::Any)
                .downcast_ref()
                .ok_or_else(|| Error::runtime("Expected a value of type 'Generator'")),
        }
    }

    pub fn with<R>(&self, f: impl FnOnce(&mut Generator) -> R) -> Result<R> {
        Ok(f(&mut self.object()?.0.lock()))
    }
}

impl FromIValue for Gen {
    fn from_ivalue(value: IValue) -> Result<Self> {
        match value {
            IValue::None => Ok(Gen(None)),
            IValue::Opaque(any) => Ok(Gen(Some(any))),
            other => bail!("Expected a value of type 'Generator' but found type '{}'", other.ty().annotation()),
        }
    }
}

fn manual_seed_op(seed: i64) -> Result<()> {
    manual_seed(seed as u64);
    Ok(())
}

fn manual_seed_generator(g: IValue, seed: i64) -> Result<IValue> {
    Gen::from_ivalue(g.clone())?.object()?.manual_seed(seed as u64);
    Ok(g)
}

/// Seeds from the clock and the address space's layout: as arbitrary as a seed must be, and needs no other source.
fn seed_op(g: Gen) -> Result<i64> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let place = &g as *const Gen as usize as u64;
    let seed = (now.as_nanos() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ place.rotate_left(32);
    let seed = seed & (i64::MAX as u64);
    g.object()?.manual_seed(seed);
    Ok(seed as i64)
}

fn initial_seed(g: Gen) -> Result<i64> {
    Ok(g.object()?.initial_seed() as i64)
}

fn new_generator(device: Option<Device>, seed: Option<i64>) -> Result<IValue> {
    if let Some(device) = device.filter(|d| !d.is_cpu()) {
        return Err(Error::unsupported(format!("a generator on device {device}")));
    }
    Ok(IValue::Opaque(Arc::new(GeneratorObject::new(seed.map_or(DEFAULT_SEED, |s| s as u64)))))
}

/// A fresh row-major tensor for a factory function's arguments.
fn fresh(size: &[i64], dtype: Option<DType>, device: Option<Device>) -> Result<Tensor> {
    if let Some(device) = device.filter(|d| !d.is_cpu()) {
        return Err(Error::unsupported(format!("random numbers on device {device}")));
    }
    Tensor::empty(size, dtype.unwrap_or_else(default_dtype))
}

/// `empty_like`.
pub(super) fn fresh_like(x: &Tensor, dtype: Option<DType>, format: Option<MemoryFormat>) -> Result<Tensor> {
    let dtype = dtype.unwrap_or(x.dtype());
    match format {
        None | Some(MemoryFormat::Preserve) => {
            Tensor::empty_strided(x.sizes(), &infer_dense_strides(x.sizes(), x.strides()), dtype)
        }
        Some(format) => Tensor::empty_format(x.sizes(), dtype, format),
    }
}

fn resized(out: Tensor, size: &[i64]) -> Result<Tensor> {
    if out.sizes() != size {
        let fresh = Tensor::empty(size, out.dtype())?;
        out.replace_geometry(fresh.geometry().clone())?;
    }
    Ok(out)
}

/// The tensor with its dimensions in the order of its memory: what operators without a contiguity demand walk.
fn in_memory_order(x: &Tensor) -> Result<Tensor> {
    let mut order: Dims = (0..x.dim() as i64).collect();
    let rank =
        |d: &i64| std::cmp::Reverse(if x.sizes()[*d as usize] < 2 { i64::MAX } else { x.strides()[*d as usize] });
    order.sort_by_key(rank);
    x.permute(&order)
}

/// Draws one number per element, in memory order.
fn fill_with(x: &Tensor, g: &Gen, one: impl FnMut(&mut Generator) -> f64) -> Result<()> {
    tile::check_no_internal_overlap(x)?;
    let view = in_memory_order(x)?;
    let mut one = one;
    let values: Vec<f64> = g.with(|g| (0..x.numel()).map(|_| one(g)).collect())?;
    view.assign(&values)
}

fn check_float(x: &Tensor, what: &str) -> Result<()> {
    ensure!(x.dtype().is_floating_point(), "{what} only supports floating-point dtypes, but got {}", x.dtype());
    Ok(())
}

type U = IValue;

fn rand(size: Vec<i64>, dtype: Option<DType>, layout: U, device: Option<Device>, pin: U) -> Result<Tensor> {
    rand_generator(size, Gen::DEFAULT, dtype, layout, device, pin)
}

fn rand_generator(size: Vec<i64>, g: Gen, dtype: Option<DType>, _: U, device: Option<Device>, _: U) -> Result<Tensor> {
    uniform_(fresh(&size, dtype, device)?, 0.0, 1.0, g)
}

fn rand_out(size: Vec<i64>, out: Tensor) -> Result<Tensor> {
    uniform_(resized(out, &size)?, 0.0, 1.0, Gen::DEFAULT)
}

fn rand_like(x: Tensor, d: Option<DType>, _: U, _: U, _: U, format: Option<MemoryFormat>) -> Result<Tensor> {
    uniform_(fresh_like(&x, d, format)?, 0.0, 1.0, Gen::DEFAULT)
}

fn randn(size: Vec<i64>, dtype: Option<DType>, layout: U, device: Option<Device>, pin: U) -> Result<Tensor> {
    randn_generator(size, Gen::DEFAULT, dtype, layout, device, pin)
}

fn randn_generator(size: Vec<i64>, g: Gen, dtype: Option<DType>, _: U, device: Option<Device>, _: U) -> Result<Tensor> {
    normal_(fresh(&size, dtype, device)?, 0.0, 1.0, g)
}

fn randn_out(size: Vec<i64>, out: Tensor) -> Result<Tensor> {
    normal_(resized(out, &size)?, 0.0, 1.0, Gen::DEFAULT)
}

fn randn_like(x: Tensor, d: Option<DType>, _: U, _: U, _: U, format: Option<MemoryFormat>) -> Result<Tensor> {
    normal_(fresh_like(&x, d, format)?, 0.0, 1.0, Gen::DEFAULT)
}

fn randint(high: i64, size: Vec<i64>, dtype: Option<DType>, _: U, device: Option<Device>, _: U) -> Result<Tensor> {
    random_from_(fresh(&size, Some(dtype.unwrap_or(DType::I64)), device)?, 0, Some(high), Gen::DEFAULT)
}

fn randint_generator(
    high: i64,
    size: Vec<i64>,
    g: Gen,
    dtype: Option<DType>,
    _: U,
    device: Option<Device>,
    _: U,
) -> Result<Tensor> {
    random_from_(fresh(&size, Some(dtype.unwrap_or(DType::I64)), device)?, 0, Some(high), g)
}

fn randint_low(
    low: i64,
    high: i64,
    size: Vec<i64>,
    dtype: Option<DType>,
    _: U,
    device: Option<Device>,
    _: U,
) -> Result<Tensor> {
    random_from_(fresh(&size, Some(dtype.unwrap_or(DType::I64)), device)?, low, Some(high), Gen::DEFAULT)
}

fn randint_low_generator(
    low: i64,
    high: i64,
    size: Vec<i64>,
    g: Gen,
    dtype: Option<DType>,
    _: U,
    device: Option<Device>,
    _: U,
) -> Result<Tensor> {
    random_from_(fresh(&size, Some(dtype.unwrap_or(DType::I64)), device)?, low, Some(high), g)
}

fn randint_out(high: i64, size: Vec<i64>, out: Tensor) -> Result<Tensor> {
    random_from_(resized(out, &size)?, 0, Some(high), Gen::DEFAULT)
}

fn randint_low_out(low: i64, high: i64, size: Vec<i64>, out: Tensor) -> Result<Tensor> {
    random_from_(resized(out, &size)?, low, Some(high), Gen::DEFAULT)
}

fn randint_like(
    x: Tensor,
    high: i64,
    d: Option<DType>,
    _: U,
    _: U,
    _: U,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    random_from_(fresh_like(&x, d, format)?, 0, Some(high), Gen::DEFAULT)
}

fn randint_like_low(
    x: Tensor,
    low: i64,
    high: i64,
    d: Option<DType>,
    _: U,
    _: U,
    _: U,
    format: Option<MemoryFormat>,
) -> Result<Tensor> {
    random_from_(fresh_like(&x, d, format)?, low, Some(high), Gen::DEFAULT)
}

fn randperm(n: i64, dtype: Option<DType>, layout: U, device: Option<Device>, pin: U) -> Result<Tensor> {
    randperm_generator(n, Gen::DEFAULT, dtype, layout, device, pin)
}

fn randperm_generator(n: i64, g: Gen, dtype: Option<DType>, _: U, device: Option<Device>, _: U) -> Result<Tensor> {
    ensure!(n >= 0, "n must be non-negative, got{n}");
    permute_into(fresh(&[n], Some(dtype.unwrap_or(DType::I64)), device)?, n, g)
}

fn randperm_out(n: i64, out: Tensor) -> Result<Tensor> {
    ensure!(n >= 0, "n must be non-negative, got{n}");
    permute_into(resized(out, &[n])?, n, Gen::DEFAULT)
}

fn permute_into(out: Tensor, n: i64, g: Gen) -> Result<Tensor> {
    let mut values = crate::base::collect(n as usize, 0..n)?;
    g.with(|g| {
        for i in 0..values.len().saturating_sub(1) {
            let wide = n as u64 >= u64::from(u32::MAX);
            let z = g.below((n as usize - i) as u64, wide) as usize;
            values.swap(i, i + z);
        }
    })?;
    out.assign(&values)?;
    Ok(out)
}

/// How one uniform number of a dtype is drawn.
fn uniform_of(dtype: DType) -> fn(&mut Generator) -> f64 {
    match (dtype, stream()) {
        (DType::F64, _) => |g| g.uniform(),
        (DType::F16, Stream::Mkl) => |g| f64::from((g.random() & 2047) as f32 / 2048.0),
        (DType::BF16, Stream::Mkl) => |g| f64::from((g.random() & 255) as f32 / 256.0),
        _ => |g| f64::from(g.uniform_f32()),
    }
}

/// The parts of a complex tensor as one more dimension.
fn parts(x: &Tensor) -> Result<Tensor> {
    let sizes: Dims = x.sizes().iter().copied().chain([2]).collect();
    let strides: Dims = x.strides().iter().map(|s| s * 2).chain([1]).collect();
    Tensor::from_storage(x.storage().clone(), x.storage_offset() * 2, &sizes, &strides, x.dtype().to_real())
}

pub(super) fn uniform_(x: Tensor, from: f64, to: f64, g: Gen) -> Result<Tensor> {
    if x.dtype().is_complex() {
        uniform_(parts(&x)?, from, to, g)?;
        return Ok(x);
    }
    if !x.dtype().is_floating_point() {
        bail!("\"check_uniform_bounds\" not implemented for '{}'", x.dtype());
    }
    ensure!(from <= to, "uniform_ expects to return a [from, to) range, but found from={from} > to={to}");
    let (one, round) = (uniform_of(x.dtype()), rounding(x.dtype()));
    let from = round(from);
    let span = round(round(to) - from);
    let wide = x.dtype() == DType::F64;
    fill_with(&x, &g, |g| {
        let u = one(g);
        if wide {
            u.mul_add(span, from)
        } else {
            f64::from((u as f32).mul_add(span as f32, from as f32))
        }
    })?;
    Ok(x)
}

fn uniform(x: Tensor, from: f64, to: f64, g: Gen) -> Result<Tensor> {
    uniform_(fresh_like(&x, None, None)?, from, to, g)
}

pub(super) fn normal_(x: Tensor, mean: f64, std: f64, g: Gen) -> Result<Tensor> {
    ensure!(std >= 0.0, "normal expects std >= 0.0, but found std {std}");
    if x.dtype().is_complex() {
        // the variance is that of the complex number
        normal_(parts(&x)?, mean, std / 2f64.sqrt(), g)?;
        return Ok(x);
    }
    if !x.dtype().is_floating_point() {
        bail!("\"normal_kernel_cpu\" not implemented for '{}'", x.dtype());
    }
    if x.numel() < 16 || !x.is_contiguous() {
        let round = rounding(x.dtype());
        fill_with(&x, &g, |g| round(g.normal() * std + mean))?;
        return Ok(x);
    }
    let dtype = if stream() == Stream::Current && x.dtype() != DType::F64 { DType::F32 } else { x.dtype() };
    let (one, round) = (uniform_of(dtype), rounding(dtype));
    if x.dtype() == DType::F32 {
        let mut values = vec![0.0; x.numel()];
        g.with(|g| draw::normal_fill_f32(g, &mut values, mean as f32, std as f32))?;
        x.assign(&values)?;
        return Ok(x);
    }
    let mut values = vec![0.0; x.numel()];
    if x.dtype() == DType::F64 {
        g.with(|g| draw::normal_fill(g, &mut values, 0.0, 1.0, one, round))?;
        values.iter_mut().for_each(|v| *v = v.mul_add(std, mean));
    } else {
        g.with(|g| draw::normal_fill(g, &mut values, round(mean), round(std), one, round))?;
    }
    x.assign(&values)?;
    Ok(x)
}

/// Rounds to a dtype's precision.
pub(super) fn rounding(dtype: DType) -> fn(f64) -> f64 {
    match dtype {
        DType::F64 => |v| v,
        DType::F16 => |v| f16::from_f32(v as f32).to_f64(),
        DType::BF16 => |v| bf16::from_f32(v as f32).to_f64(),
        _ => |v| f64::from(v as f32),
    }
}

fn normal_functional(x: Tensor, mean: f64, std: f64, g: Gen) -> Result<Tensor> {
    normal_(fresh_like(&x, None, None)?, mean, std, g)
}

fn normal_float_float(
    mean: f64,
    std: f64,
    size: Vec<i64>,
    g: Gen,
    dtype: Option<DType>,
    _: U,
    device: Option<Device>,
    _: U,
) -> Result<Tensor> {
    normal_(fresh(&size, dtype, device)?, mean, std, g)
}

/// Standard normal numbers, then scaled and shifted.
fn normal_tensor_tensor(mean: Tensor, std: Tensor, g: Gen) -> Result<Tensor> {
    ensure!(!std.dtype().is_complex(), "normal expects standard deviation to be non-complex");
    let negative = std.to_vec::<f64>()?.iter().any(|s| *s < 0.0);
    ensure!(!negative, "normal expects all elements of std >= 0.0");
    let shape = tile::result_shape(&[&mean, &std])?;
    let out = normal_(Tensor::empty(&shape, mean.dtype())?, 0.0, 1.0, g)?;
    let round = rounding(out.dtype());
    tile::map_into::<f64, f64>(&[&out, &std, &mean], &out, &|x, o| {
        for (i, o) in o.iter_mut().enumerate() {
            *o = round(x[0][i] * x[1][i]) + x[2][i];
        }
    })?;
    Ok(out)
}

/// Normal numbers of the deviation asked for, then shifted.
fn normal_tensor_float(mean: Tensor, std: f64, g: Gen) -> Result<Tensor> {
    let out = normal_(fresh(mean.sizes(), Some(mean.dtype()), None)?, 0.0, std, g)?;
    if mean.dtype().is_complex() {
        return tile::map::<Complex64, Complex64>(&[&out, &mean], out.dtype(), &|x, o| {
            o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (n, m))| *o = n + m);
        });
    }
    tile::map_into::<f64, f64>(&[&out, &mean], &out, &|x, o| {
        o.iter_mut().zip(x[0].iter().zip(x[1])).for_each(|(o, (n, m))| *o = n + m);
    })?;
    Ok(out)
}

fn normal_float_tensor(mean: f64, std: Tensor, g: Gen) -> Result<Tensor> {
    let mean = Tensor::full(std.sizes(), Scalar::Float(mean), std.dtype())?;
    normal_tensor_tensor(mean, std, g)
}

fn log_normal_(x: Tensor, mean: f64, std: f64, g: Gen) -> Result<Tensor> {
    ensure!(std > 0.0, "log_normal_ expects std > 0.0, but found std={std}");
    ensure!(x.dtype().is_floating_point(), "\"log_normal_cpu\" not implemented for '{}'", x.dtype());
    fill_with(&x, &g, |g| (g.normal() * std + mean).exp())?;
    Ok(x)
}

fn log_normal(x: Tensor, mean: f64, std: f64, g: Gen) -> Result<Tensor> {
    log_normal_(fresh_like(&x, None, None)?, mean, std, g)
}

fn cauchy_(x: Tensor, median: f64, sigma: f64, g: Gen) -> Result<Tensor> {
    ensure!(sigma > 0.0, "cauchy_ expects sigma > 0.0, but found sigma={sigma}");
    ensure!(
        x.dtype().is_floating_point(),
        "Cauchy distribution is a continuous probability distribution. dtype must be a floating point but you \
         specified {}",
        x.dtype()
    );
    fill_with(&x, &g, |g| median + sigma * (std::f64::consts::PI * (g.uniform() - 0.5)).tan())?;
    Ok(x)
}

fn cauchy(x: Tensor, median: f64, sigma: f64, g: Gen) -> Result<Tensor> {
    cauchy_(fresh_like(&x, None, None)?, median, sigma, g)
}

/// With MKL's generator the numbers go to the elements in row-major order, whatever the strides.
fn exponential_(x: Tensor, lambda: f64, g: Gen) -> Result<Tensor> {
    ensure!(lambda > 0.0, "exponential_ expects lambda > 0.0, but found lambda={lambda}");
    ensure!(
        x.dtype().is_floating_point(),
        "Exponential distribution is a continuous probability distribution. dtype must be a floating point but you \
         specified {}",
        x.dtype()
    );
    if stream() == Stream::Current {
        fill_with(&x, &g, |g| -(-g.uniform()).ln_1p() / lambda)?;
        return Ok(x);
    }
    tile::check_no_internal_overlap(&x)?;
    let seed = g.with(|g| if x.dtype() == DType::F64 { g.random64() as u32 } else { g.random() })?;
    let mut source = Mcg31::new(seed);
    let wide = x.dtype() == DType::F64;
    let scale = if wide { 1.0 / lambda } else { f64::from((1.0 / lambda) as f32) };
    let mut one = || match wide {
        true => -source.uniform().ln() * scale,
        // the uniform number and its logarithm are float32, whatever narrower dtype they are for
        false => f64::from(-f64::from(source.uniform() as f32).ln() as f32) * scale,
    };
    let round = if wide { |v| v } else { |v| f64::from(v as f32) };
    let values: Vec<f64> = (0..x.numel()).map(|_| round(one())).collect();
    x.assign(&values)?;
    Ok(x)
}

fn exponential(x: Tensor, lambda: f64, g: Gen) -> Result<Tensor> {
    exponential_(fresh_like(&x, None, None)?, lambda, g)
}

fn geometric_(x: Tensor, p: f64, g: Gen) -> Result<Tensor> {
    ensure!(0.0 < p && p < 1.0, "geometric_ expects p to be in (0, 1), but got p={p}");
    ensure!(
        !x.dtype().is_complex() && x.dtype() != DType::Bool,
        "\"geometric_cpu\" not implemented for '{}'",
        x.dtype()
    );
    fill_with(&x, &g, |g| (g.uniform().ln() / (-p).ln_1p()).ceil())?;
    Ok(x)
}

fn geometric(x: Tensor, p: f64, g: Gen) -> Result<Tensor> {
    geometric_(fresh_like(&x, None, None)?, p, g)
}

/// Integers up to the dtype's largest, or up to what a float counts exactly.
fn random_(x: Tensor, g: Gen) -> Result<Tensor> {
    let (range, wide) = match x.dtype() {
        DType::Bool => (2, false),
        DType::U8 => (1 << 8, false),
        DType::I8 => (1 << 7, false),
        DType::I16 => (1 << 15, false),
        DType::I32 => (1 << 31, false),
        DType::I64 => (1 << 63, true),
        DType::U16 => (1 << 16, false),
        DType::U32 => (1 << 32, true),
        DType::F16 => ((1 << 11) + 1, false),
        DType::BF16 => ((1 << 8) + 1, false),
        DType::F32 => ((1 << 24) + 1, false),
        DType::F64 => ((1 << 53) + 1, true),
        other => bail!("\"random_\" not implemented for '{other}'"),
    };
    fill_ints(&x, &g, |g| g.below(range, wide) as i64)?;
    Ok(x)
}

fn fill_ints(x: &Tensor, g: &Gen, one: impl Fn(&mut Generator) -> i64) -> Result<()> {
    tile::check_no_internal_overlap(x)?;
    let view = in_memory_order(x)?;
    let values: Vec<i64> = g.with(|g| (0..x.numel()).map(|_| one(g)).collect())?;
    view.assign(&values)
}

fn random_to_(x: Tensor, to: i64, g: Gen) -> Result<Tensor> {
    random_from_(x, 0, Some(to), g)
}

fn random_from_(x: Tensor, from: i64, to: Option<i64>, g: Gen) -> Result<Tensor> {
    let (lowest, highest) = bounds(x.dtype())?;
    let digits = digits(x.dtype());
    let held = |name: &str, v: i64| -> Result<()> {
        ensure!(lowest <= v && v <= highest, "{name} is out of bounds for {}", x.dtype());
        Ok(())
    };
    let range = match to {
        Some(to) => {
            ensure!(from < to, "random_ expects 'from' to be less than 'to', but got from={from} >= to={to}");
            let (low, high) = match digits {
                Some(digits) => (first_held(&x, from, digits), last_held(&x, to, digits)),
                None => (from, to),
            };
            ensure!(
                low < high,
                "random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got from={low} >= \
                 to={high}"
            );
            held("from", low)?;
            held("to - 1", high.wrapping_sub(1))?;
            return draw_range(x, high.wrapping_sub(low) as u64, low, &g);
        }
        None if from == i64::MIN => 0,
        None => {
            let from = digits.map_or(from, |digits| first_held(&x, from, digits));
            held("from", from)?;
            return draw_range(x.clone(), (highest.wrapping_sub(from) as u64).wrapping_add(1), from, &g);
        }
    };
    draw_range(x, range, from, &g)
}

/// Whole numbers from `from` on, `range` of them; 0 stands for all that 64 bits have.
fn draw_range(x: Tensor, range: u64, from: i64, g: &Gen) -> Result<Tensor> {
    if range == 0 {
        fill_ints(&x, g, |g| g.random64() as i64)?;
        return Ok(x);
    }
    let limit = if stream() == Stream::Mkl { 1u64 << 32 } else { 1 << 28 };
    let wide = range >= limit;
    fill_ints(&x, g, |g| (g.below(range, wide) as i64).wrapping_add(from))?;
    Ok(x)
}

/// The smallest whole number from `from` on that a float dtype of so many digits holds.
fn first_held(x: &Tensor, from: i64, digits: u32) -> i64 {
    let next = rounding(x.dtype())(from.wrapping_add(1) as f64) as i64;
    if next >= from {
        return from;
    }
    let bits = from.wrapping_add(1).unsigned_abs().max(1).ilog2();
    next.wrapping_add(1i64 << (bits + 1).saturating_sub(digits).min(62))
}

/// The number after the largest whole number below `to` that a float dtype of so many digits holds.
fn last_held(x: &Tensor, to: i64, digits: u32) -> i64 {
    let last = rounding(x.dtype())(to.wrapping_sub(1) as f64) as i64;
    if last < to {
        return to;
    }
    let bits = to.wrapping_sub(1).unsigned_abs().max(1).ilog2();
    last.wrapping_sub(1i64 << (bits + 1).saturating_sub(digits).min(62))
}

/// The binary digits of a float dtype.
fn digits(dtype: DType) -> Option<u32> {
    match dtype {
        DType::F16 => Some(11),
        DType::BF16 => Some(8),
        DType::F32 => Some(24),
        DType::F64 => Some(53),
        _ => None,
    }
}

/// The least and the greatest whole number of a dtype, as far as 64 bits hold them.
fn bounds(dtype: DType) -> Result<(i64, i64)> {
    Ok(match dtype {
        DType::Bool => (0, 1),
        DType::U8 => (0, 255),
        DType::I8 => (-128, 127),
        DType::I16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        DType::I32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        DType::I64 => (i64::MIN, i64::MAX),
        DType::U16 => (0, i64::from(u16::MAX)),
        DType::U32 => (0, i64::from(u32::MAX)),
        DType::F16 => (-65504, 65504),
        DType::BF16 | DType::F32 | DType::F64 => (i64::MIN, i64::MAX),
        other => bail!("\"check_random_bounds\" not implemented for '{other}'"),
    })
}

fn bernoulli(p: Tensor, g: Gen) -> Result<Tensor> {
    ensure!(p.dtype().is_floating_point(), "expected probabilities tensor to have floating type, got {}", p.dtype());
    bernoulli_tensor_(Tensor::empty(p.sizes(), p.dtype())?, p, g)
}

fn bernoulli_p(x: Tensor, p: f64, g: Gen) -> Result<Tensor> {
    bernoulli_float_(Tensor::empty(x.sizes(), x.dtype())?, p, g)
}

fn bernoulli_like(x: Tensor, p: Tensor, g: Gen) -> Result<Tensor> {
    bernoulli_tensor_(fresh_like(&x, None, None)?, p, g)
}

fn bernoulli_tensor_(x: Tensor, p: Tensor, g: Gen) -> Result<Tensor> {
    ensure!(p.dtype().is_floating_point(), "expected probabilities tensor to have floating type, got {}", p.dtype());
    tile::check_no_internal_overlap(&x)?;
    let p = p.expand(x.sizes())?;
    let mut order: Dims = (0..x.dim() as i64).collect();
    order.sort_by_key(|d| {
        std::cmp::Reverse(if x.sizes()[*d as usize] < 2 { i64::MAX } else { x.strides()[*d as usize] })
    });
    let wide = p.dtype() == DType::F64;
    let p = p.permute(&order)?.to_vec::<f64>()?;
    if let Some(bad) = p.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        bail!("Expected p_in >= 0 && p_in <= 1 to be true, but got false (p = {bad})");
    }
    let values: Vec<i64> = g.with(|g| {
        let mut one = |p: &f64| i64::from(if wide { g.uniform() } else { f64::from(g.uniform_f32()) } < *p);
        p.iter().map(&mut one).collect()
    })?;
    x.permute(&order)?.assign(&values)?;
    Ok(x)
}

/// With MKL's generator the numbers go to the elements in row-major order, whatever the strides.
pub(super) fn bernoulli_float_(x: Tensor, p: f64, g: Gen) -> Result<Tensor> {
    ensure!((0.0..=1.0).contains(&p), "bernoulli_ expects p to be in [0, 1], but got p={p}");
    if stream() == Stream::Current {
        fill_ints(&x, &g, |g| i64::from(g.uniform() < p))?;
        return Ok(x);
    }
    tile::check_no_internal_overlap(&x)?;
    let mut source = Mcg31::new(g.with(Generator::random)?);
    let values: Vec<i64> = (0..x.numel()).map(|_| i64::from(source.uniform() < p)).collect();
    x.assign(&values)?;
    Ok(x)
}

/// Samples category indices from each row of weights.
fn bernoulli_float_out(x: Tensor, p: f64, g: Gen, out: Tensor) -> Result<Tensor> {
    let result = bernoulli_float_(fresh_like(&x, Some(out.dtype()), None)?, p, g)?;
    super::registry::write_out(&out, &result)?;
    Ok(out)
}

fn normal_out(x: Tensor, mean: f64, std: f64, g: Gen, out: Tensor) -> Result<Tensor> {
    let result = normal_(fresh_like(&x, Some(out.dtype()), None)?, mean, std, g)?;
    super::registry::write_out(&out, &result)?;
    Ok(out)
}

fn multinomial(x: Tensor, count: i64, replacement: bool, g: Gen) -> Result<Tensor> {
    ensure!(x.dim() > 0 && x.dim() <= 2, "prob_dist must be 1 or 2 dim");
    if !x.dtype().is_floating_point() {
        bail!("multinomial only supports floating-point dtypes for input, got: {}", x.dtype());
    }
    ensure!(count > 0, "cannot sample n_sample <= 0 samples");
    let categories = x.sizes()[x.dim() - 1] as usize;
    ensure!(
        replacement || count as u64 <= categories as u64,
        "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
    );
    ensure!(categories > 0, "multinomial: there are no categories to sample from");
    ensure!(categories <= 1 << 24, "number of categories cannot exceed 2^24");
    let shape: Dims = x.sizes()[..x.dim() - 1].iter().copied().chain([count]).collect();
    let out = Tensor::empty(&shape, DType::I64)?;
    if out.numel() == 0 {
        return Ok(out);
    }
    let weights = x.to_vec::<f64>()?;
    let valid = weights.iter().all(|w| w.is_finite() && *w >= 0.0);
    ensure!(valid, "probability tensor contains either `inf`, `nan` or element < 0");
    let positive = weights.chunks(categories.max(1)).all(|row| row.iter().sum::<f64>() > 0.0);
    ensure!(positive, "invalid multinomial distribution (sum of probabilities <= 0)");
    let mut picks: Vec<i64> = Vec::with_capacity(out.numel());
    let round = rounding(x.dtype());
    if !replacement || count == 1 {
        let noise = exponential_(Tensor::empty(x.sizes(), x.dtype())?, 1.0, g)?.to_vec::<f64>()?;
        let ratios: Vec<f64> = weights.iter().zip(&noise).map(|(w, q)| round(w / q)).collect();
        if count > 1 {
            let ratios = Tensor::from_slice(&ratios, x.sizes())?.to_dtype(x.dtype())?;
            return Ok(super::sort::topk(ratios, count, -1, true, true)?.1);
        }
        for ratios in ratios.chunks(categories) {
            let first = (0..categories).fold(0, |best, i| if ratios[i] > ratios[best] { i } else { best });
            picks.push(first as i64);
        }
    } else {
        g.with(|g| {
            for row in weights.chunks(categories) {
                // half types add up in float32
                let round = if x.dtype() == DType::F64 { round } else { rounding(DType::F32) };
                let mut sum = 0.0;
                let mut cumulative: Vec<f64> = row.iter().map(|w| (sum = round(sum + w), sum).1).collect();
                cumulative.iter_mut().for_each(|c| *c = round(*c / sum));
                cumulative[categories - 1] = 1.0;
                for _ in 0..count {
                    let u = g.uniform();
                    picks.push(cumulative.partition_point(|c| *c < u).min(categories - 1) as i64);
                }
            }
        })?;
    }
    out.assign(&picks)?;
    Ok(out)
}

/// Draws one number per element of `x` in row-major order, as its dtype.
fn sampled(x: &Tensor, g: &Gen, one: fn(&mut Generator, f64) -> f64) -> Result<Tensor> {
    let out = Tensor::empty(x.sizes(), x.dtype())?;
    let rates = x.to_vec::<f64>()?;
    let values: Vec<f64> = g.with(|g| rates.iter().map(|rate| one(g, *rate)).collect())?;
    out.assign(&values)?;
    Ok(out)
}

fn no_half(x: &Tensor, what: &str) -> Result<()> {
    ensure!(matches!(x.dtype(), DType::F32 | DType::F64), "\"{what}\" not implemented for '{}'", x.dtype());
    Ok(())
}

fn poisson(x: Tensor, g: Gen) -> Result<Tensor> {
    check_float(&x, "poisson")?;
    let valid = x.to_vec::<f64>()?.iter().all(|rate| *rate >= 0.0 && rate.is_finite());
    ensure!(valid, "invalid Poisson rate, expected rate to be non-negative");
    sampled(&x, &g, draw::poisson)
}

fn binomial(count: Tensor, p: Tensor, g: Gen) -> Result<Tensor> {
    no_half(&count, "binomial_cpu")?;
    let out = tile::empty_result(&[&count, &p], count.dtype())?;
    let counts = count.expand(out.sizes())?.to_vec::<f64>()?;
    let p = p.expand(out.sizes())?.to_vec::<f64>()?;
    let valid = counts.iter().all(|c| c.is_finite()) && p.iter().all(|p| (0.0..=1.0).contains(p));
    ensure!(valid, "binomial expects finite counts and probabilities in [0, 1]");
    let values: Vec<f64> = g.with(|g| counts.iter().zip(&p).map(|(n, p)| draw::binomial(g, *n, *p)).collect())?;
    out.assign(&values)?;
    Ok(out)
}

fn standard_gamma(x: Tensor, g: Gen) -> Result<Tensor> {
    no_half(&x, "gamma")?;
    let tiny = if x.dtype() == DType::F64 { f64::MIN_POSITIVE } else { f64::from(f32::MIN_POSITIVE) };
    let one = if x.dtype() == DType::F64 { draw::gamma } else { draw::gamma_f32 };
    let out = sampled(&x, &g, one)?;
    tile::map_into::<f64, f64>(&[&out], &out, &|x, o| {
        o.iter_mut().zip(x[0]).for_each(|(o, v)| *o = if v.is_nan() { *v } else { v.max(tiny) });
    })?;
    Ok(out)
}

fn sample_dirichlet(x: Tensor, g: Gen) -> Result<Tensor> {
    no_half(&x, "dirichlet")?;
    let (least, most) = match x.dtype() {
        DType::F64 => (f64::MIN_POSITIVE, 1.0f64.next_down()),
        _ => (f64::from(f32::MIN_POSITIVE), f64::from(1.0f32.next_down())),
    };
    let round = rounding(x.dtype());
    let gammas = sampled(&x.to_dtype(DType::F64)?, &g, draw::gamma)?;
    let last = x.dim().saturating_sub(1);
    let dims: &[usize] = if x.dim() == 0 { &[] } else { std::slice::from_ref(&last) };
    let length = x.sizes().last().map_or(1, |n| *n as usize);
    let out = crate::tensor::rows::map::<f64, f64>(&gammas, dims, length, x.dtype(), &|row, out| {
        let sum: f64 = row.iter().sum();
        out.iter_mut().zip(row).for_each(|(o, v)| *o = round(v / sum).max(least).min(most));
    })?;
    out.reshape(x.sizes())
}

fn rrelu(x: Tensor, lower: Scalar, upper: Scalar, training: bool, g: Gen) -> Result<Tensor> {
    let noise = fresh_like(&x, None, None)?;
    rrelu_with_noise(x, noise, lower, upper, training, g)
}

/// In training each element that is not positive gets its own slope, which `noise` keeps.
fn rrelu_with_noise(x: Tensor, noise: Tensor, lower: Scalar, upper: Scalar, training: bool, g: Gen) -> Result<Tensor> {
    ensure!(
        x.dtype().is_floating_point(),
        "\"{}\" not implemented for '{}'",
        if training { "rrelu_with_noise_out_cpu" } else { "leaky_relu_cpu" },
        x.dtype()
    );
    ensure!(x.dtype() == noise.dtype(), "expected scalar type {} but found {}", x.dtype(), noise.dtype());
    ensure!(
        x.sizes() == noise.sizes(),
        "noise tensor shape must match self tensor shape. Got self.shape = {:?} noise.shape = {:?}",
        x.sizes(),
        noise.sizes()
    );
    ensure!(!training || x.dtype() != DType::F16, "\"rrelu_with_noise_out_cpu\" not implemented for 'Half'");
    let (lower, upper) = (lower.to_f64(), upper.to_f64());
    ensure!(lower <= upper, "Lower bound should be less than or equal to the upper bound");
    if !training {
        let slope = (lower + upper) / 2.0;
        let slope = if x.dtype() == DType::F64 { slope } else { f64::from(slope as f32) };
        let sloped = tile::map::<f64, f64>(&[&x], x.dtype(), &|x, o| {
            o.iter_mut().zip(x[0]).for_each(|(o, v)| *o = if *v <= 0.0 { v * slope } else { *v });
        });
        return sloped?.to_contiguous();
    }
    let values = x.to_vec::<f64>()?;
    // float32 for half types too
    let round = if x.dtype() == DType::F64 { rounding(DType::F64) } else { rounding(DType::F32) };
    let (lower, upper) = (round(lower), round(upper));
    let slopes: Vec<f64> = g.with(|g| {
        let mut one = |v: &f64| if *v <= 0.0 { round(g.uniform() * (upper - lower) + lower) } else { 1.0 };
        values.iter().map(&mut one).collect()
    })?;
    noise.assign(&slopes)?;
    let out = Tensor::empty(x.sizes(), x.dtype())?;
    out.assign(&values.iter().zip(&slopes).map(|(v, s)| v * s).collect::<Vec<_>>())?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gen() -> Gen {
        Gen(Some(Arc::new(GeneratorObject::new(0))))
    }

    #[test]
    fn values_of_seed_0() -> Result<()> {
        let f = |n: i64| Tensor::empty(&[n], DType::F32);
        let d = |n: i64| Tensor::empty(&[n], DType::F64);
        let h = |n: i64| Tensor::empty(&[n], DType::F16);
        let i = |n: i64| Tensor::empty(&[n], DType::I64);
        let full = |v: f64, t| Tensor::full(&[8], Scalar::Float(v), t);
        let cases: Vec<(&str, Tensor, &[f64])> = vec![
            ("rand", uniform_(f(3)?, 0., 1., gen())?, &[0.49625658988952637, 0.7682217955589294, 0.08847743272781372]),
            ("uniform", uniform_(f(2)?, 2., 5., gen())?, &[3.488769769668579, 4.304665565490723]),
            ("rand double", uniform_(d(2)?, 0., 1., gen())?, &[0.9700530018065531, 0.707819864399788]),
            ("rand half", uniform_(h(2)?, 0., 1., gen())?, &[0.333984375, 0.27294921875]),
            (
                "randn 4",
                normal_(f(4)?, 0., 1., gen())?,
                &[1.5409960746765137, -0.293428897857666, -2.1787893772125244, 0.5684312582015991],
            ),
            (
                "randn 20",
                normal_(f(20)?, 0., 1., gen())?,
                &[-1.1258398294448853, -1.152360200881958, -0.2505785822868347],
            ),
            ("normal half", normal_(h(20)?, 0., 1., gen())?, &[-0.9013671875, 0.4814453125, 1.1982421875, 0.90625]),
            ("geometric", geometric_(f(4)?, 0.3, gen())?, &[1.0, 1.0, 3.0, 1.0]),
            ("cauchy", cauchy_(f(2)?, 1., 2., gen())?, &[22.195459365844727, 2.5295345783233643]),
            ("log_normal", log_normal_(f(2)?, 1., 2., gen())?, &[59.2634162902832, 1.5115599632263184]),
            ("exponential", exponential_(f(2)?, 2., gen())?, &[1.1633005142211914, 0.25753945112228394]),
            ("exponential double", exponential_(d(2)?, 2., gen())?, &[0.8418403955707526, 0.6217023459339607]),
            ("randperm", permute_into(i(6)?, 6, gen())?, &[2., 5., 3., 0., 1., 4.]),
            ("random_ float", random_(f(2)?, gen())?, &[8325664.0, 12888472.0]),
            ("random_ all", random_from_(i(1)?, i64::MIN, None, gen())?, &[-8322921849960486353.]),
            ("random_ to", random_to_(i(4)?, 10, gen())?, &[4., 9., 3., 0.]),
            ("random_ range", random_from_(f(4)?, -5, Some(20), gen())?, &[14., 9., 3., 5.]),
            ("bernoulli p", bernoulli_float_(f(8)?, 0.3, gen())?, &[1., 0., 0., 1., 0., 0., 0., 1.]),
            ("bernoulli", bernoulli(full(0.3, DType::F32)?, gen())?, &[0., 0., 1., 1., 0., 0., 0., 0.]),
            ("bernoulli double", bernoulli(full(0.3, DType::F64)?, gen())?, &[0., 0., 0., 0., 0., 0., 1., 0.]),
            (
                "rrelu",
                rrelu(full(-1., DType::F32)?, 0.125.into(), (1. / 3.).into(), true, gen())?,
                &[-0.3270943760871887, -0.27246248722076416],
            ),
        ];
        for (name, tensor, expected) in cases {
            let found = tensor.to_vec::<f64>()?;
            let close = expected.iter().zip(&found).all(|(e, f)| (e - f).abs() <= 4e-7 * e.abs().max(1.0));
            assert!(close, "{name}: {:?}, expected {expected:?}", &found[..expected.len()]);
        }
        Ok(())
    }

    #[test]
    fn multinomial_of_seed_0() -> Result<()> {
        let p = Tensor::from_slice(&[0.1f32, 0.2, 0.3, 0.4], &[4])?;
        for (count, replacement, expected) in
            [(2, false, &[2, 1][..]), (1, false, &[2]), (8, true, &[3, 3, 2, 3, 3, 3, 1, 2])]
        {
            assert_eq!(multinomial(p.clone(), count, replacement, gen())?.to_vec::<i64>()?, expected);
        }
        Ok(())
    }
}
