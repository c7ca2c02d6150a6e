//! The frame of elementwise operators: a [`Spec`] says as data how an operator promotes its operands and which small
//! kernel computes it per compute type; functional, in-place and `out` forms all come from it.
//!
//! Half types compute in `f32`, integers of every width in `i64` with wrapping stores, complex numbers in double
//! precision. What a spec has no kernel for is an error in PyTorch's words.

use smallvec::SmallVec;

use super::promote::{float_type, result_type, Operand};
use super::Stack;
use crate::base::{Complex64, DType, Dims, Element, Scalar};
use crate::tensor::tile::{self, Input, TileFn};
use crate::tensor::NewTensor;
use crate::value::IValue;
use crate::{bail, ensure, Error, Result, Tensor};

/// A kernel: operand slices and the output slice, all of one length, and the parameters.
pub type MapFn<T> = fn(&[&[T]], &mut [T], &[T]);
/// A kernel with a truth value as its result.
pub type TestFn<T> = fn(&[&[T]], &mut [bool], &[T]);

#[derive(Clone, Copy)]
pub enum Kernel<T: 'static> {
    Map(MapFn<T>),
    Test(TestFn<T>),
}

/// An elementwise operator as data.
pub struct Spec {
    /// As in the message `"NAME" not implemented for 'Bool'`.
    pub name: &'static str,
    /// How many leading arguments are operands. The numbers after them are parameters.
    pub arity: usize,
    pub promote: Promote,
    /// None where the operands come first and then numbers.
    pub bind: Option<BindFn>,
    /// `bind` matters for float32 tensors with real numbers too.
    pub binds_floats: bool,
    /// Looks at the call before anything is written; the dtype is the one operands are taken in.
    pub check: Option<fn(&Call, DType) -> Result<()>>,
    /// `check` has nothing against float32 tensors with real numbers.
    pub takes_floats: bool,
    pub f32: Option<Kernel<f32>>,
    pub f64: Option<Kernel<f64>>,
    pub int: Option<Kernel<i64>>,
    /// Any byte but 0 is true; parameters and results are 0 or 1.
    pub bool: Option<Kernel<u8>>,
    pub complex: Option<Kernel<Complex64>>,
    /// For a last operand that is one number everywhere: takes the operands before it, and it before the parameters.
    pub number_f32: Option<MapFn<f32>>,
    pub number_f64: Option<MapFn<f64>>,
    /// A kernel from complex to real numbers, before `complex`.
    pub complex_to_real: Option<fn(&[&[Complex64]], &mut [f64], &[Complex64])>,
    /// Half types are refused.
    pub no_half: bool,
    /// With half types a number, or a zero-dimensional tensor, after the first operand is taken in `f32` as it is; others are
    /// rounded to the half type first.
    pub wide_number: bool,
    /// In place on a tensor whose elements share memory.
    pub overlap: Overlap,
    /// A new result is row-major, whatever the memory order of the operands.
    pub rows: bool,
}

/// The dtype that operands are taken in and that results have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promote {
    /// Both are the operands' `result_type`.
    Same,
    /// As `Same`, with integers and bools becoming the default float dtype.
    Float,
    /// Taken in the `result_type`; the result is bool.
    Bool,
    /// float64, or complex128 for complex operands.
    Double,
    /// As `Same`, not counting the first operand, a mask.
    Mask,
    /// The dtype of the first operand, whatever the others are.
    First,
}

/// What becomes of a tensor in which elements share memory when an operator writes it in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    Refused,
    /// Each place is written once, unless complex, which is refused: doing it twice changes nothing.
    Once,
    /// A place is written where the second operand, a mask, is true for any of its elements.
    Masked,
}

/// Arguments of a call, as they lay on the stack.
pub type Args = SmallVec<[IValue; 6]>;
/// Turns arguments into a call; may choose another spec.
pub type BindFn = fn(&'static Spec, Args) -> Result<Call>;

/// A bound call: everything but the place of the result.
pub struct Call {
    pub spec: &'static Spec,
    pub operands: SmallVec<[Operand; 3]>,
    pub params: SmallVec<[Scalar; 3]>,
}

/// Where the result goes.
pub enum Place {
    New,
    /// Into the first argument.
    First,
    /// Into this tensor, which takes the result's shape.
    Out(Tensor),
    /// As `Out`, when it has the result's dtype.
    Same(Tensor),
}

/// Evaluates an operator on the stack: takes its `n` arguments off and puts the result on.
pub fn eval(spec: &'static Spec, stack: &mut Stack, n: usize, place: Place) -> Result<()> {
    let base = stack.len().checked_sub(n).ok_or_else(|| Error::internal("operator stack underflow"))?;
    if let Some(result) = quick(spec, &stack[base..], &place) {
        stack.truncate(base);
        stack.push(IValue::Tensor(result));
        return Ok(());
    }
    if let Some(result) = eval_singles(spec, &stack[base..], &place) {
        let result = result?;
        stack.truncate(base);
        stack.push(IValue::Tensor(result));
        return Ok(());
    }
    let args: Args = stack.drain(base..).collect();
    let target = match &place {
        Place::First => {
            Some(args.first().ok_or_else(|| Error::internal("an in-place operator needs self"))?.to_tensor()?)
        }
        _ => None,
    };
    let call = spec.bind.unwrap_or(bind)(spec, args)?;
    let result = match (place, target) {
        (Place::New, _) => call.run(),
        (Place::Out(out), _) => call.run_out(&out).map(|()| out),
        (Place::Same(out), _) => call.run_out_of_dtype(&out).map(|()| out),
        (Place::First, Some(target)) => call.run_in_place(&target).map(|()| target),
        (Place::First, None) => Err(Error::internal("an in-place operator needs self")),
    }?;
    stack.push(IValue::Tensor(result));
    Ok(())
}

/// What most calls on small tensors are, without the frame around it: up to three row-major float32 tensors of one shape, or
/// tensors and a last number, then real numbers; a new result, of numbers or truth values, or one in the first tensor. None,
/// and nothing done, for any other call.
fn quick(spec: &Spec, args: &[IValue], place: &Place) -> Option<Tensor> {
    let mut kernel = spec.f32?;
    let promotes = matches!(
        (kernel, spec.promote, place),
        (Kernel::Map(_), Promote::Same | Promote::Float, _) | (Kernel::Test(_), Promote::Bool, Place::New)
    );
    if spec.binds_floats || !spec.takes_floats || !promotes {
        return None;
    }
    let (operands, numbers) = args.split_at_checked(spec.arity)?;
    let IValue::Tensor(first) = operands.first()? else { return None };
    let n = first.numel();
    if n > MAX_QUICK || matches!(place, Place::Out(_) | Place::Same(_)) {
        return None;
    }
    let real = |value: &IValue| single(value).map(f32::from_scalar);
    fn tensor<'a>(value: &'a IValue, first: &Tensor) -> Option<&'a [f32]> {
        match value {
            IValue::Tensor(t) if t.dtype() == DType::F32 && t.sizes() == first.sizes() && t.is_contiguous() => {
                t.data().ok()
            }
            _ => None,
        }
    }
    let mut params: SmallVec<[f32; 4]> = numbers.iter().map(real).collect::<Option<_>>()?;
    let spread = match operands {
        [_, b] if !matches!(b, IValue::Tensor(_)) => [real(b)?; MAX_QUICK],
        _ => [0.0; MAX_QUICK],
    };
    let mut slices: SmallVec<[&[f32]; 3]> = SmallVec::new();
    for (i, value) in operands.iter().enumerate() {
        slices.push(match (value, spec.number_f32) {
            (IValue::Tensor(t), _) => {
                let apart = i == 0 || matches!(place, Place::New) || !t.shares_storage(first) || t.same_place(first);
                tensor(value, first).filter(|_| apart)?
            }
            (value, Some(with_number)) if i + 1 == spec.arity => {
                params.insert(0, real(value)?);
                kernel = Kernel::Map(with_number);
                break;
            }
            (_, None) if operands.len() == 2 => &spread[..n],
            _ => return None,
        });
    }
    let kernel = match kernel {
        Kernel::Map(kernel) => kernel,
        Kernel::Test(test) => {
            let mut result = [false; MAX_QUICK];
            test(&slices, &mut result[..n], &params);
            return Tensor::from_slice(&result[..n], first.sizes()).ok();
        }
    };
    if matches!(place, Place::First) {
        let mut result = [0.0; MAX_QUICK];
        kernel(&slices, &mut result[..n], &params);
        first.update::<f32, _>(|elements| elements.copy_from_slice(&result[..n])).ok()?;
        return Some(first.clone());
    }
    let mut out = NewTensor::<f32>::new(first.sizes()).ok()?;
    kernel(&slices, out.data(), &params);
    Some(out.finish())
}

/// Elements of a call that [`quick`] takes.
const MAX_QUICK: usize = 64;

/// Float32 tensors of any size and shape and real numbers, where nothing is promoted; also in place, and with truth values as
/// results. None, and nothing done, for any other call.
fn eval_singles(spec: &'static Spec, args: &[IValue], place: &Place) -> Option<Result<Tensor>> {
    let kernel = spec.f32?;
    let promotes = matches!(spec.promote, Promote::Same | Promote::Float | Promote::Bool);
    if spec.binds_floats || !spec.takes_floats || !promotes || args.len() < spec.arity {
        return None;
    }
    let (operands, params) = args.split_at(spec.arity);
    let mut inputs: SmallVec<[Input; 3]> = SmallVec::new();
    let mut tensor = None;
    for value in operands {
        inputs.push(match value {
            IValue::Tensor(t) if t.dtype() == DType::F32 => {
                tensor = Some(t);
                Input::Tensor(t)
            }
            value => Input::Number(single(value)?, DType::F32),
        });
    }
    tensor?;
    let mut numbers: SmallVec<[f32; 3]> = SmallVec::new();
    for value in params {
        numbers.push(f32::from_scalar(single(value)?));
    }
    let result = if spec.promote == Promote::Bool { DType::Bool } else { DType::F32 };
    let dest = match (place, &operands[0]) {
        (Place::New, IValue::Tensor(first)) if reusable(first, result, &inputs) => Dest::Into(first),
        (Place::New, _) => Dest::New(result),
        (Place::First, IValue::Tensor(first)) if first.is_contiguous() => Dest::Into(first),
        _ => return None,
    };
    let made = run_kernel(kernel, spec.number_f32, &inputs, &numbers, dest);
    Some(if spec.rows && matches!(place, Place::New) { made.and_then(|made| made.to_contiguous()) } else { made })
}

/// A real number that float32 can hold; the frame says what is wrong with others.
fn single(value: &IValue) -> Option<Scalar> {
    let number = match value {
        IValue::Int(v) => Scalar::Int(*v),
        IValue::Double(v) => Scalar::Float(*v),
        _ => return None,
    };
    number.check_fits(DType::F32).ok().map(|()| number)
}

/// Computes `spec` on operands given from Rust.
pub fn apply(spec: &'static Spec, operands: &[Operand], params: &[Scalar]) -> Result<Tensor> {
    Call { spec, operands: operands.iter().cloned().collect(), params: params.into() }.run()
}

/// [`apply`] on tensors alone.
pub fn apply_tensors(spec: &'static Spec, tensors: &[&Tensor], params: &[Scalar]) -> Result<Tensor> {
    let operands = tensors.iter().map(|t| Operand::Tensor((*t).clone())).collect();
    Call { spec, operands, params: params.into() }.run()
}

/// The usual binding: `arity` operands, then numeric parameters.
pub fn bind(spec: &'static Spec, args: Args) -> Result<Call> {
    let mut call = Call { spec, operands: SmallVec::new(), params: SmallVec::new() };
    for (i, value) in args.into_iter().enumerate() {
        if i < spec.arity {
            call.operands.push(operand(value)?);
        } else {
            call.params.push(value.to_scalar()?);
        }
    }
    ensure!(call.operands.len() == spec.arity, "{}: expected {} operands", spec.name, spec.arity);
    Ok(call)
}

/// A tensor or a number.
pub fn operand(value: IValue) -> Result<Operand> {
    match value {
        IValue::Tensor(t) => Ok(Operand::Tensor(t)),
        other => Ok(Operand::Scalar(other.to_scalar()?)),
    }
}

impl Spec {
    pub const fn new(name: &'static str, arity: usize, promote: Promote) -> Spec {
        Spec {
            name,
            arity,
            promote,
            bind: None,
            binds_floats: false,
            check: None,
            takes_floats: true,
            f32: None,
            f64: None,
            int: None,
            bool: None,
            complex: None,
            number_f32: None,
            number_f64: None,
            complex_to_real: None,
            no_half: false,
            wide_number: false,
            overlap: Overlap::Refused,
            rows: false,
        }
    }
    pub const fn f32(mut self, f: MapFn<f32>) -> Spec {
        self.f32 = Some(Kernel::Map(f));
        self
    }
    pub const fn f64(mut self, f: MapFn<f64>) -> Spec {
        self.f64 = Some(Kernel::Map(f));
        self
    }
    pub const fn int(mut self, f: MapFn<i64>) -> Spec {
        self.int = Some(Kernel::Map(f));
        self
    }
    pub const fn bool(mut self, f: MapFn<u8>) -> Spec {
        self.bool = Some(Kernel::Map(f));
        self
    }
    pub const fn complex(mut self, f: MapFn<Complex64>) -> Spec {
        self.complex = Some(Kernel::Map(f));
        self
    }
    pub const fn number_f32(mut self, f: MapFn<f32>) -> Spec {
        self.number_f32 = Some(f);
        self
    }
    pub const fn number_f64(mut self, f: MapFn<f64>) -> Spec {
        self.number_f64 = Some(f);
        self
    }
    pub const fn test_f32(mut self, f: TestFn<f32>) -> Spec {
        self.f32 = Some(Kernel::Test(f));
        self
    }
    pub const fn test_f64(mut self, f: TestFn<f64>) -> Spec {
        self.f64 = Some(Kernel::Test(f));
        self
    }
    pub const fn test_int(mut self, f: TestFn<i64>) -> Spec {
        self.int = Some(Kernel::Test(f));
        self
    }
    pub const fn test_bool(mut self, f: TestFn<u8>) -> Spec {
        self.bool = Some(Kernel::Test(f));
        self
    }
    pub const fn test_complex(mut self, f: TestFn<Complex64>) -> Spec {
        self.complex = Some(Kernel::Test(f));
        self
    }
    pub const fn complex_to_real(mut self, f: fn(&[&[Complex64]], &mut [f64], &[Complex64])) -> Spec {
        self.complex_to_real = Some(f);
        self
    }
    pub const fn bind(mut self, bind: BindFn) -> Spec {
        self.bind = Some(bind);
        self.binds_floats = true;
        self
    }
    /// A binding that gives float32 tensors with real numbers as they come.
    pub const fn bind_others(mut self, bind: BindFn) -> Spec {
        self.bind = Some(bind);
        self
    }
    pub const fn check(mut self, check: fn(&Call, DType) -> Result<()>) -> Spec {
        self.check = Some(check);
        self.takes_floats = false;
        self
    }
    /// A check that has nothing against float32 tensors with real numbers.
    pub const fn check_others(mut self, check: fn(&Call, DType) -> Result<()>) -> Spec {
        self.check = Some(check);
        self
    }
    pub const fn idempotent(mut self) -> Spec {
        self.overlap = Overlap::Once;
        self
    }
    pub const fn masked(mut self) -> Spec {
        self.overlap = Overlap::Masked;
        self
    }
    pub const fn rows(mut self) -> Spec {
        self.rows = true;
        self
    }
    pub const fn no_half(mut self) -> Spec {
        self.no_half = true;
        self
    }
    pub const fn wide_number(mut self) -> Spec {
        self.wide_number = true;
        self
    }
}

impl Call {
    pub fn new(spec: &'static Spec) -> Call {
        Call { spec, operands: SmallVec::new(), params: SmallVec::new() }
    }
    pub fn with(mut self, operand: impl Into<Operand>) -> Call {
        self.operands.push(operand.into());
        self
    }
    pub fn param(mut self, value: impl Into<Scalar>) -> Call {
        self.params.push(value.into());
        self
    }

    /// A new tensor; the buffer of the first operand is used again when nobody else has it.
    pub fn run(self) -> Result<Tensor> {
        let (taken, result) = self.dtypes()?;
        let inputs = self.inputs(taken)?;
        if let (Some(Operand::Tensor(first)), Some(Taken::AsIs(_))) = (self.operands.first(), inputs.first()) {
            let all: SmallVec<[Input; 3]> = inputs.iter().map(Taken::as_input).collect();
            if reusable(first, result, &all) {
                return self.compute(taken, &inputs, Dest::Into(first));
            }
        }
        let made = self.compute(taken, &inputs, Dest::New(result))?;
        if self.spec.rows {
            made.to_contiguous()
        } else {
            Ok(made)
        }
    }

    /// Into `target`, whose dtype must be able to hold the result and whose shape must be the result's.
    pub fn run_in_place(self, target: &Tensor) -> Result<()> {
        let (taken, result) = self.dtypes()?;
        if taken.is_complex() && self.spec.complex_to_real.is_some() {
            bail!("In-place {} is not supported for complex tensors.", self.spec.name.trim_end_matches("_cpu"));
        }
        check_cast(result, target.dtype())?;
        let shared = target.numel() > 0 && target.sizes().iter().zip(target.strides()).any(|(n, s)| *n > 1 && *s == 0);
        if self.spec.overlap == Overlap::Masked && shared {
            return self.run_masked(target);
        }
        let inputs = self.inputs(taken)?;
        if self.spec.overlap == Overlap::Once && !taken.is_complex() && shared {
            // one element for each place in memory
            let (mut from, mut to) = (self.compute(taken, &inputs, Dest::New(result))?, target.alias());
            for d in (0..target.dim()).filter(|d| target.strides()[*d] == 0) {
                (from, to) = (from.narrow(d as i64, 0, 1)?, to.narrow(d as i64, 0, 1)?);
            }
            return to.copy_from(&from);
        }
        self.compute_into(taken, result, &inputs, target)
    }

    /// Into a tensor with one element for each place in `target`'s memory, by a mask of as many.
    fn run_masked(mut self, target: &Tensor) -> Result<()> {
        let Some(Operand::Tensor(mask)) = self.operands.get(1) else { return Err(Error::internal("a mask")) };
        let (mut mask, mut to) = (mask.expand(target.sizes())?, target.alias());
        for d in (0..target.dim()).filter(|d| target.strides()[*d] == 0) {
            mask = super::reduce::any_dim(mask, d as i64, true)?;
            to = to.narrow(d as i64, 0, 1)?;
        }
        self.operands[0] = Operand::Tensor(to.clone());
        self.operands[1] = Operand::Tensor(mask);
        self.run_in_place(&to)
    }

    /// Into `out`, which takes the result's shape.
    pub fn run_out(self, out: &Tensor) -> Result<()> {
        let (taken, result) = self.dtypes()?;
        check_cast(result, out.dtype())?;
        let inputs = self.inputs(taken)?;
        let shape = shape_of(&inputs)?;
        if out.sizes() != &shape[..] {
            let inputs: SmallVec<[Input; 3]> = inputs.iter().map(Taken::as_input).collect();
            let fresh = match self.spec.rows {
                true => Tensor::empty(&shape, out.dtype())?,
                false => tile::empty_for(&inputs, out.dtype())?,
            };
            out.replace_geometry(fresh.geometry().clone())?;
        }
        self.compute_into(taken, result, &inputs, out)
    }

    /// [`Call::run_out`] into a tensor that must have the result's dtype.
    fn run_out_of_dtype(self, out: &Tensor) -> Result<()> {
        let (taken, result) = self.dtypes()?;
        let real = taken.is_complex() && self.spec.complex_to_real.is_some();
        if result != out.dtype() && !real {
            if self.spec.promote == Promote::Bool {
                bail!("{} does not support non-boolean outputs.", self.spec.name.trim_end_matches("_cpu"));
            }
            bail!("Found dtype {} but expected {}", out.dtype().name(), result.name());
        }
        self.run_out(out)
    }

    /// Into a tensor of any dtype; what is narrower than its compute type is rounded to the result's dtype first.
    fn compute_into(&self, taken: DType, result: DType, inputs: &[Taken], target: &Tensor) -> Result<()> {
        let exact = matches!(result, DType::F32 | DType::F64 | DType::C128 | DType::I64 | DType::Bool);
        if exact || target.dtype() == result {
            return self.compute(taken, inputs, Dest::Into(target)).map(|_| ());
        }
        target.copy_from(&self.compute(taken, inputs, Dest::New(result))?)
    }

    /// The dtype operands are taken in, and the result's.
    fn dtypes(&self) -> Result<(DType, DType)> {
        for operand in &self.operands {
            if operand.dtype().is_quantized() {
                return Err(Error::unsupported(format!("{} on a quantized tensor", self.spec.name)));
            }
        }
        let taken = match self.spec.promote {
            Promote::Same | Promote::Bool => result_type(&self.operands),
            Promote::Float => float_type(result_type(&self.operands)),
            Promote::Double if result_type(&self.operands).is_complex() => DType::C128,
            Promote::Double => DType::F64,
            Promote::Mask => result_type(&self.operands[1..]),
            Promote::First => self.operands[0].dtype(),
        };
        if let Some(check) = self.spec.check {
            check(self, taken)?;
        }
        self.params.iter().try_for_each(|p| p.check_fits(wide(taken)))?;
        let result = match self.spec.promote {
            Promote::Bool => DType::Bool,
            _ if taken.is_complex() && self.spec.complex_to_real.is_some() => taken.to_real(),
            _ => taken,
        };
        Ok((taken, result))
    }

    /// Operands as they are computed with; numbers take the dtype.
    fn inputs(&self, taken: DType) -> Result<SmallVec<[Taken<'_>; 3]>> {
        let wide = wide(taken);
        self.operands
            .iter()
            .enumerate()
            .map(|(i, operand)| match operand {
                Operand::Tensor(t) if t.dim() == 0 && i > 0 && self.spec.wide_number => Ok(Taken::AsIs(t)),
                // what a narrow dtype cannot hold is lost before computing
                Operand::Tensor(t) if narrows(t.dtype(), taken) => t.to_dtype(taken).map(Taken::Converted),
                Operand::Tensor(t) => Ok(Taken::AsIs(t)),
                Operand::Scalar(s) if i > 0 && self.spec.wide_number => Ok(Taken::Number(*s, wide)),
                Operand::Scalar(s) => Ok(Taken::Number(*s, taken)),
            })
            .collect()
    }

    fn compute(&self, taken: DType, inputs: &[Taken], dest: Dest<'_>) -> Result<Tensor> {
        let spec = self.spec;
        shape_of(inputs)?;
        let inputs: SmallVec<[Input; 3]> = inputs.iter().map(Taken::as_input).collect();
        let missing = || Error::runtime(format!("\"{}\" not implemented for '{}'", spec.name, taken.name()));
        if spec.no_half && matches!(taken, DType::F16 | DType::BF16) {
            return Err(missing());
        }
        match taken {
            DType::F32 | DType::F16 | DType::BF16 => {
                let (kernel, params) = (spec.f32.ok_or_else(missing)?, typed(&self.params));
                run_kernel(kernel, spec.number_f32, &inputs, &params, dest)
            }
            DType::F64 => {
                let (kernel, params) = (spec.f64.ok_or_else(missing)?, typed(&self.params));
                run_kernel(kernel, spec.number_f64, &inputs, &params, dest)
            }
            DType::Bool => {
                let params: SmallVec<[u8; 3]> = self.params.iter().map(|p| u8::from(p.to_bool())).collect();
                run_kernel(spec.bool.ok_or_else(missing)?, None, &inputs, &params, dest)
            }
            d if d.is_complex() => match spec.complex_to_real {
                Some(f) => {
                    let params = typed(&self.params);
                    run_tiles::<Complex64, f64>(&inputs, dest, &|x, out| f(x, out, &params))
                }
                None => run_kernel(spec.complex.ok_or_else(missing)?, None, &inputs, &typed(&self.params), dest),
            },
            DType::U8 => {
                // negative numbers wrap, as elements do
                let wrapped = |p: &Scalar| if p.is_integral() { Scalar::Int(p.to_i64() & 255) } else { *p };
                let params: SmallVec<[i64; 3]> = self.params.iter().map(|p| wrapped(p).to_i64()).collect();
                run_kernel(spec.int.ok_or_else(missing)?, None, &inputs, &params, dest)
            }
            d if d.is_integral(false) => {
                run_kernel(spec.int.ok_or_else(missing)?, None, &inputs, &typed(&self.params), dest)
            }
            _ => Err(missing()),
        }
    }
}

/// An operand in the dtype that it is computed in.
enum Taken<'a> {
    AsIs(&'a Tensor),
    Converted(Tensor),
    Number(Scalar, DType),
}

impl Taken<'_> {
    fn as_input(&self) -> Input<'_> {
        match self {
            Taken::AsIs(t) => Input::Tensor(t),
            Taken::Converted(t) => Input::Tensor(t),
            Taken::Number(value, dtype) => Input::Number(*value, *dtype),
        }
    }
}

/// Whether the result can take the place of the first operand, which only this call still holds.
fn reusable(first: &Tensor, result: DType, inputs: &[Input]) -> bool {
    first.handles() == 1
        && first.dtype() == result
        && first.is_contiguous()
        && !first.requires_grad()
        && first.device().is_cpu()
        && first.storage().is_unique()
        && inputs.iter().skip(1).all(|input| match input {
            Input::Tensor(t) => {
                t.numel() == 1 && t.dim() <= first.dim() || t.sizes() == first.sizes() && t.is_contiguous()
            }
            Input::Number(..) => true,
        })
}

/// The shape of the result.
fn shape_of(inputs: &[Taken]) -> Result<Dims> {
    let tensors: SmallVec<[&Tensor; 3]> = inputs
        .iter()
        .filter_map(|input| match input {
            Taken::AsIs(t) => Some(*t),
            Taken::Converted(t) => Some(t),
            Taken::Number(..) => None,
        })
        .collect();
    tile::result_shape(&tensors)
}

/// Parameters as an array, so that loops need not check how many there are; those not given are 0.
#[inline(always)]
pub fn padded<T: Copy + Default>(params: &[T]) -> [T; 4] {
    std::array::from_fn(|i| params.get(i).copied().unwrap_or_default())
}

enum Dest<'a> {
    New(DType),
    Into(&'a Tensor),
}

fn typed<T: Element>(params: &[Scalar]) -> SmallVec<[T; 3]> {
    params.iter().map(|s| T::from_scalar(*s)).collect()
}

fn run_kernel<T: Element>(
    kernel: Kernel<T>,
    with_number: Option<MapFn<T>>,
    inputs: &[Input],
    params: &[T],
    dest: Dest<'_>,
) -> Result<Tensor> {
    if let (Some(f), Some(number)) = (with_number, last_number(inputs, &dest)) {
        let params: SmallVec<[T; 4]> = std::iter::once(number).chain(params.iter().copied()).collect();
        return run_tiles::<T, T>(&inputs[..inputs.len() - 1], dest, &|x, out| f(x, out, &params));
    }
    match kernel {
        Kernel::Map(f) => run_tiles::<T, T>(inputs, dest, &|x, out| f(x, out, params)),
        Kernel::Test(f) => run_tiles::<T, bool>(inputs, dest, &|x, out| f(x, out, params)),
    }
}

/// The last operand where it is a single element that does not widen the shape of the first.
fn last_number<T: Element>(inputs: &[Input], dest: &Dest<'_>) -> Option<T> {
    let [Input::Tensor(first), .., last] = inputs else { return None };
    match last {
        Input::Number(value, dtype) => (*dtype == T::DTYPE).then(|| T::from_scalar(*value)),
        Input::Tensor(t) => {
            let written = matches!(dest, Dest::Into(out) if t.shares_storage(out));
            let fits = t.dtype() == T::DTYPE && t.numel() == 1 && t.dim() <= first.dim() && !written;
            fits.then(|| t.item().ok()).flatten().map(T::from_scalar)
        }
    }
}

fn run_tiles<I: Element, O: Element>(inputs: &[Input], dest: Dest<'_>, kernel: &TileFn<I, O>) -> Result<Tensor> {
    match dest {
        Dest::New(dtype) => tile::map_inputs::<I, O>(inputs, dtype, kernel),
        Dest::Into(out) => {
            tile::map_inputs_into::<I, O>(inputs, out, kernel)?;
            Ok(out.clone())
        }
    }
}

/// Fails as in-place and `out` operators do when the result cannot be stored.
pub fn check_cast(result: DType, target: DType) -> Result<()> {
    if !result.can_cast(target) {
        bail!("result type {result} can't be cast to the desired output type {target}");
    }
    Ok(())
}

/// The dtype that half types are computed in.
fn wide(dtype: DType) -> DType {
    match dtype {
        DType::F16 | DType::BF16 => DType::F32,
        DType::C32 => DType::C64,
        d => d,
    }
}

/// Whether taking `from` as `to` loses bits that the compute type would keep.
fn narrows(from: DType, to: DType) -> bool {
    match to {
        DType::F16 | DType::BF16 | DType::C32 => from != to && from != DType::Bool,
        DType::C64 => matches!(from, DType::F64 | DType::C128 | DType::I32 | DType::I64),
        DType::Bool => from.is_complex(),
        _ => to.is_integral(false) && from.is_integral(false) && from.itemsize() >= to.itemsize() && from != to,
    }
}

/// A kernel of one operand: `map1!(f32, |x| -x)`, or with parameters `map1!(f32, |x, p| x * p[0])`. `T` names the
/// compute type.
#[macro_export]
#[doc(hidden)]
macro_rules! map1 {
    ($t:ty, |$x:ident| $e:expr) => {
        $crate::map1!($t, |$x, _p| $e)
    };
    ($t:ty, |$x:ident, $p:ident| $e:expr) => {{
        #[allow(dead_code)]
        type T = $t;
        fn kernel(inputs: &[&[T]], out: &mut [T], $p: &[T]) {
            for (slot, &$x) in out.iter_mut().zip(inputs[0]) {
                *slot = $e;
            }
        }
        kernel
    }};
}

/// A kernel of two operands; see [`map1`].
#[macro_export]
#[doc(hidden)]
macro_rules! map2 {
    ($t:ty, |$a:ident, $b:ident| $e:expr) => {
        $crate::map2!($t, |$a, $b, _p| $e)
    };
    ($t:ty, |$a:ident, $b:ident, $p:ident| $e:expr) => {{
        #[allow(dead_code)]
        type T = $t;
        fn kernel(inputs: &[&[T]], out: &mut [T], $p: &[T]) {
            for (slot, (&$a, &$b)) in out.iter_mut().zip(inputs[0].iter().zip(inputs[1])) {
                *slot = $e;
            }
        }
        kernel
    }};
}

/// A kernel of three operands; see [`map1`].
#[macro_export]
#[doc(hidden)]
macro_rules! map3 {
    ($t:ty, |$a:ident, $b:ident, $c:ident| $e:expr) => {
        $crate::map3!($t, |$a, $b, $c, _p| $e)
    };
    ($t:ty, |$a:ident, $b:ident, $c:ident, $p:ident| $e:expr) => {{
        #[allow(dead_code)]
        type T = $t;
        fn kernel(inputs: &[&[T]], out: &mut [T], $p: &[T]) {
            let pairs = inputs[0].iter().zip(inputs[1]).zip(inputs[2]);
            for (slot, ((&$a, &$b), &$c)) in out.iter_mut().zip(pairs) {
                *slot = $e;
            }
        }
        kernel
    }};
}

/// A kernel of one operand with a truth value as result.
#[macro_export]
#[doc(hidden)]
macro_rules! test1 {
    ($t:ty, |$x:ident| $e:expr) => {{
        #[allow(unused_variables)]
        fn kernel(inputs: &[&[$t]], out: &mut [bool], _: &[$t]) {
            for (slot, &$x) in out.iter_mut().zip(inputs[0]) {
                *slot = $e;
            }
        }
        kernel
    }};
}

/// A kernel of two operands with a truth value as result, compiled to vector code.
#[macro_export]
#[doc(hidden)]
macro_rules! test2 {
    ($t:ty, |$a:ident, $b:ident| $e:expr) => {
        $crate::test2!($t, |$a, $b, _p| $e)
    };
    ($t:ty, |$a:ident, $b:ident, $p:ident| $e:expr) => {{
        $crate::simd_light_fn! {
            fn kernel<M>(inputs: &[&[$t]], out: &mut [bool], $p: &[$t]) {
                $crate::kernel::simd::zip2::<$t, bool, 64>(inputs[0], inputs[1], out, |$a, $b| $e);
            }
        }
        kernel
    }};
}
