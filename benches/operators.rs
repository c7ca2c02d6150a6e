//! Speed of the operators as an eager program calls them: found in the table, called with values, results allocated by
//! the call. One thread; nanoseconds for each element of the largest operand, or for a call.
//!
//! `cargo bench --bench operators [-- filter]` prints a line for each row of `operators.txt`.
//! `python benches/operators.py` measures both in turns and prints a table: it starts this program with `--serve`.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sconce::base::MemoryFormat;
use sconce::op::{registry, Operator};
use sconce::value::List;
use sconce::{DType, IValue, Result, Scalar, Tensor, Type};

/// Rows and columns: 64, 4096 and a million elements.
const SIDES: [usize; 3] = [8, 64, 1024];

fn main() {
    sconce::base::threads::set_num_threads(1);
    let rows: Vec<Row> = include_str!("operators.txt").lines().filter_map(Row::parse).collect();
    if std::env::args().any(|a| a == "--serve") {
        return serve(&rows);
    }
    let filter = std::env::args().skip(1).find(|a| !a.starts_with('-')).unwrap_or_default();
    println!("{:32} {:>10} {:>10} {:>10}   ns an element", "", "64", "4096", "1048576");
    let numbers: Vec<Numbers> = SIDES.iter().map(|s| Numbers::new(*s)).collect();
    for row in rows.iter().filter(|row| row.name.contains(&filter)) {
        print!("{:32}", row.name);
        for (side, numbers) in SIDES.iter().zip(&numbers) {
            match Call::new(row, numbers) {
                Ok(call) => print!(" {:10.3}", call.best(Duration::from_millis(60)) / (side * side) as f64),
                Err(error) => print!(" {error}"),
            }
        }
        println!();
    }
    for (name, call) in tiny_calls() {
        if name.contains(&filter) {
            println!("{name:32} {:10.1} ns a call", best(Duration::from_millis(60), &call));
        }
    }
}

/// For each line `side milliseconds name` on standard input: the best time of a call, in nanoseconds.
fn serve(rows: &[Row]) {
    let tiny = tiny_calls();
    let mut kept: Option<(usize, Numbers)> = None;
    for line in std::io::stdin().lock().lines().map_while(|line| line.ok()) {
        let mut parts = line.splitn(3, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (side, time, name) = (next().parse().unwrap_or(8), next().parse().unwrap_or(20), next());
        let time = Duration::from_millis(time);
        let answer = if let Some((_, call)) = tiny.iter().find(|(n, _)| *n == name) {
            format!("{}", best(time, call))
        } else if let Some(row) = rows.iter().find(|row| row.name == name) {
            if kept.as_ref().is_none_or(|(s, _)| *s != side) {
                kept = Some((side, Numbers::new(side)));
            }
            let (_, numbers) = kept.as_ref().expect("just made");
            match Call::new(row, numbers) {
                Ok(call) => format!("{}", call.best(time)),
                Err(error) => format!("error {}", error.to_string().replace('\n', " ")),
            }
        } else {
            "error no such row".to_string()
        };
        println!("{answer}");
        let _ = std::io::stdout().flush();
    }
}

/// A line of `operators.txt`.
struct Row {
    name: &'static str,
    operator: &'static str,
    arguments: Vec<&'static str>,
}

impl Row {
    fn parse(line: &'static str) -> Option<Row> {
        let (name, rest) = line.split_once('|')?;
        let mut words = rest.split('|').next()?.split_whitespace();
        (!line.starts_with('#'))
            .then(|| Some(Row { name: name.trim(), operator: words.next()?, arguments: words.collect() }))?
    }
}

/// An operator and its arguments.
struct Call {
    operator: Arc<Operator>,
    arguments: Vec<IValue>,
}

impl Call {
    fn new(row: &Row, numbers: &Numbers) -> Result<Call> {
        let (name, overload) = row.operator.split_once('.').unwrap_or((row.operator, ""));
        let name = format!("aten::{name}");
        let operator = registry().find(&name, overload).ok_or_else(|| sconce::Error::usage("no such operator"))?;
        let mut arguments: Vec<IValue> = row.arguments.iter().map(|word| numbers.value(word)).collect();
        for left_out in &operator.schema()?.arguments[arguments.len()..] {
            arguments.push(left_out.default.clone().unwrap_or_default());
        }
        let call = Call { operator, arguments };
        call.operator.call(&mut call.arguments.clone(), call.arguments.len())?;
        Ok(call)
    }
    fn best(&self, time: Duration) -> f64 {
        let mut stack = Vec::with_capacity(32);
        let stack = std::cell::RefCell::new(&mut stack);
        best(time, &|| {
            let mut stack = stack.borrow_mut();
            stack.extend(self.arguments.iter().cloned());
            self.operator.call(&mut stack, self.arguments.len()).expect("worked before");
            stack.clear();
        })
    }
}

/// The shortest time of a call in nanoseconds, over so many runs as fit into `time`.
fn best(time: Duration, call: &dyn Fn()) -> f64 {
    call();
    let start = Instant::now();
    call();
    let first = start.elapsed().as_nanos().max(20) as f64;
    let repeat = (20_000.0 / first).clamp(1.0, 1000.0) as u32;
    let (begin, mut best) = (Instant::now(), f64::MAX);
    loop {
        let start = Instant::now();
        (0..repeat).for_each(|_| call());
        best = best.min(start.elapsed().as_nanos() as f64 / f64::from(repeat));
        if begin.elapsed() > time {
            return best;
        }
    }
}

/// The tensors that rows name.
struct Numbers {
    side: usize,
    named: Vec<(&'static str, Tensor)>,
}

impl Numbers {
    fn new(side: usize) -> Numbers {
        Self::make(side).expect("tensors of these sizes")
    }

    fn make(side: usize) -> Result<Numbers> {
        let s = side as i64;
        let mut state = 1u32;
        let mut uniform = move || {
            state = state.wrapping_mul(1664525).wrapping_add(1013904223);
            (f64::from(state >> 8) + 0.5) / f64::from(1 << 24)
        };
        let mut matrix = |f: &dyn Fn(f64, f64) -> f64| -> Result<Tensor> {
            let values: Vec<f32> = (0..side * side).map(|_| f(uniform(), uniform()) as f32).collect();
            Tensor::from_slice(&values, &[s, s])
        };
        let normal = |a: f64, b: f64| (-2.0 * a.ln()).sqrt() * (2.0 * std::f64::consts::PI * b).cos();
        let (x, y, z) = (matrix(&normal)?, matrix(&normal)?, matrix(&normal)?);
        let (u, w, i) = (matrix(&|a, _| a)?, matrix(&|a, _| 1.0 + 2.0 * a)?, matrix(&|a, _| (1.0 + 8.0 * a).floor())?);
        let n = x.view(&[4, 16, s / 8, s / 8])?;
        let o = n.contiguous_in(MemoryFormat::ChannelsLast)?;
        let c = Tensor::from_slice(&[0.5f32; 16], &[16])?;
        let c2 = Tensor::from_slice(&[1.5f32; 16], &[16])?;
        let q = x.select(0, 0)?.to_contiguous()?;
        let e: Vec<i64> = (0..s).map(|r| (r * 5 + 3) % s).collect();
        let m: Vec<i64> = (0..s * s).map(|r| (r * 1_000_003 + 3) % s).collect();
        let l = Tensor::zeros(&[s, 2 * s], DType::F32)?.slice(1, None, None, 2)?;
        let signs: Vec<bool> = x.to_vec::<f32>()?.iter().map(|v| *v > 0.0).collect();
        let named = vec![
            ("h", x.to_dtype(DType::F16)?),
            ("g", x.to_dtype(DType::BF16)?),
            ("d", x.to_dtype(DType::F64)?),
            ("i", i.to_dtype(DType::I64)?),
            ("k", i.to_dtype(DType::U8)?),
            ("b", Tensor::from_slice(&signs, &[s, s])?),
            ("t", x.transpose(0, 1)?),
            ("e", Tensor::from_slice(&e, &[s])?),
            ("m", Tensor::from_slice(&m, &[s, s])?),
            ("x", x),
            ("y", y),
            ("z", z),
            ("u", u),
            ("w", w),
            ("n", n),
            ("o", o),
            ("c", c),
            ("c2", c2),
            ("q", q),
            ("l", l),
        ];
        Ok(Numbers { side, named })
    }

    /// A word of a row: a tensor's name, `S` (the side), `N` (side²), a number, `true`, `none`, `"text"`, `[a,b]`.
    fn value(&self, word: &str) -> IValue {
        if let Some((_, tensor)) = self.named.iter().find(|(name, _)| *name == word) {
            return IValue::Tensor(tensor.clone());
        }
        if let Some(items) = word.strip_prefix('[').and_then(|w| w.strip_suffix(']')) {
            let items: Vec<IValue> = items.split(',').filter(|w| !w.is_empty()).map(|w| self.value(w)).collect();
            let ty = if matches!(items.first(), Some(IValue::Tensor(_))) { Type::TENSOR } else { Type::Int };
            return IValue::List(List::new(ty, items));
        }
        match word {
            "S" => IValue::Int(self.side as i64),
            "N" => IValue::Int((self.side * self.side) as i64),
            "true" | "false" => IValue::Bool(word == "true"),
            "none" => IValue::None,
            _ if word.starts_with('"') => IValue::Str(word.trim_matches('"').into()),
            _ => match (word.parse::<i64>(), word.parse::<f64>()) {
                (Ok(v), _) => IValue::Int(v),
                (_, Ok(v)) => IValue::Double(v),
                _ => panic!("{word}: neither a tensor nor a number"),
            },
        }
    }
}

/// Calls on tensors of two elements, and of 2 × 2 for products.
fn tiny_calls() -> Vec<(&'static str, Box<dyn Fn()>)> {
    let a = Tensor::from_slice(&[1f32, -2.0], &[2]).expect("small");
    let m = Tensor::from_slice(&[1f32, -2.0, 3.0, 4.0], &[2, 2]).expect("small");
    let by_handle = |name: &str, overload: &str, arguments: Vec<IValue>| -> Box<dyn Fn()> {
        let operator = registry().find(name, overload).expect("an operator");
        let stack = std::cell::RefCell::new(Vec::with_capacity(16));
        Box::new(move || {
            let mut stack = stack.borrow_mut();
            stack.extend(arguments.iter().cloned());
            operator.call(&mut stack, arguments.len()).expect("works");
            stack.clear();
        })
    };
    let (ta, tm) = (IValue::Tensor(a.clone()), IValue::Tensor(m.clone()));
    let by_name = {
        let (ta, one) = (ta.clone(), IValue::Int(1));
        move || {
            let operator = registry().find("aten::add", "Tensor").expect("an operator");
            let mut stack = vec![ta.clone(), ta.clone(), one.clone()];
            operator.call(&mut stack, 3).expect("works");
        }
    };
    let (v, w, e) = (m.clone(), m.clone(), a.clone());
    let list = IValue::List(List::new(Type::Int, vec![IValue::Int(4)]));
    vec![
        ("call add", by_handle("aten::add", "Tensor", vec![ta.clone(), ta.clone(), IValue::Int(1)])),
        ("call add by name", Box::new(by_name)),
        ("call add scalar", by_handle("aten::add", "Scalar", vec![ta.clone(), IValue::Double(1.0), IValue::Int(1)])),
        ("call mul", by_handle("aten::mul", "Tensor", vec![ta.clone(), ta.clone()])),
        ("call add_", by_handle("aten::add_", "Tensor", vec![ta.clone(), ta.clone(), IValue::Int(1)])),
        ("call relu", by_handle("aten::relu", "", vec![ta.clone()])),
        ("call exp", by_handle("aten::exp", "", vec![ta.clone()])),
        ("call gt", by_handle("aten::gt", "Scalar", vec![ta.clone(), IValue::Double(0.0)])),
        ("call view", by_handle("aten::view", "", vec![tm.clone(), list])),
        ("call select", by_handle("aten::select", "int", vec![tm.clone(), IValue::Int(0), IValue::Int(1)])),
        ("call transpose", by_handle("aten::transpose", "int", vec![tm.clone(), IValue::Int(0), IValue::Int(1)])),
        ("call sum", by_handle("aten::sum", "", vec![ta.clone(), IValue::None])),
        ("call matmul", by_handle("aten::matmul", "", vec![tm.clone(), tm.clone()])),
        ("call mm", by_handle("aten::mm", "", vec![tm.clone(), tm])),
        ("call softmax", by_handle("aten::softmax", "int", vec![ta, IValue::Int(0), IValue::None])),
        ("Tensor::select", Box::new(move || drop(v.select(0, 1)))),
        ("Tensor::view", Box::new(move || drop(w.view(&[4])))),
        ("Tensor::empty", Box::new(|| drop(Tensor::empty(&[2], DType::F32)))),
        ("Tensor::scalar", Box::new(|| drop(Tensor::scalar(Scalar::Float(1.0), DType::F32)))),
        ("Tensor::item", Box::new(move || drop(e.select(0, 1).and_then(|t| t.item())))),
    ]
}
