//! Where `print` in scripts writes.

use std::io::Write;
use std::sync::Arc;

use parking_lot::RwLock;

/// Takes the text of one `print`, with its newline.
pub type OutputSink = dyn Fn(&str) + Send + Sync;

static SINK: RwLock<Option<Arc<OutputSink>>> = RwLock::new(None);

/// Sends what scripts print to `sink`, process-wide; `None` sends it to standard output again.
pub fn set_output(sink: Option<Arc<OutputSink>>) {
    *SINK.write() = sink;
}

/// Prints for a script. A standard output that is closed is not an error, as in PyTorch.
pub fn write_output(text: &str) {
    let sink = SINK.read().clone();
    match sink {
        Some(sink) => sink(text),
        None => {
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        }
    }
}
