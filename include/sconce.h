/* Sconce runs TorchScript models. This is its C API.
 *
 * Objects are opaque: made by functions of this file and freed by the one of the same name with `_free`. A function that
 * can fail returns a status, SCONCE_STATUS_OK being 0; when `error` is not null, it receives an error object, or null on
 * success. Results are written only on success. Strings are UTF-8 and end with a zero byte. Any number of threads may use
 * the API, and one object too, as long as none of them frees it.
 *
 * Generated from src/capi; rewrite with `make bless`.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * What a function reports, and the kind of an error.
 */
typedef enum {
  /**
   * No error.
   */
  SCONCE_STATUS_OK = 0,
  /**
   * The container is damaged or not an archive.
   */
  SCONCE_STATUS_ARCHIVE = 1,
  /**
   * Source text in the archive does not parse.
   */
  SCONCE_STATUS_SYNTAX = 2,
  /**
   * Source text parses but does not compile.
   */
  SCONCE_STATUS_TYPE = 3,
  /**
   * A feature or an operator that Sconce does not have.
   */
  SCONCE_STATUS_UNSUPPORTED = 4,
  /**
   * An operator failed while a script ran: shapes, dtypes, indices.
   */
  SCONCE_STATUS_RUNTIME = 5,
  /**
   * The script raised an exception.
   */
  SCONCE_STATUS_SCRIPT = 6,
  /**
   * A limit on time, memory or depth was reached.
   */
  SCONCE_STATUS_LIMIT = 7,
  /**
   * The caller passed something wrong.
   */
  SCONCE_STATUS_USAGE = 8,
  /**
   * A file cannot be read or written.
   */
  SCONCE_STATUS_IO = 9,
  /**
   * A bug in Sconce.
   */
  SCONCE_STATUS_INTERNAL = 10,
} sconce_status;

/**
 * What a value is.
 */
typedef enum {
  SCONCE_KIND_NONE = 0,
  SCONCE_KIND_TENSOR = 1,
  SCONCE_KIND_INT = 2,
  SCONCE_KIND_FLOAT = 3,
  SCONCE_KIND_BOOL = 4,
  SCONCE_KIND_STRING = 5,
  SCONCE_KIND_LIST = 6,
  SCONCE_KIND_TUPLE = 7,
  SCONCE_KIND_DICT = 8,
  SCONCE_KIND_OTHER = 9,
} sconce_kind;

/**
 * Element types; the numbers are PyTorch's.
 */
typedef enum {
  SCONCE_DTYPE_BYTE = 0,
  SCONCE_DTYPE_CHAR = 1,
  SCONCE_DTYPE_SHORT = 2,
  SCONCE_DTYPE_INT = 3,
  SCONCE_DTYPE_LONG = 4,
  SCONCE_DTYPE_HALF = 5,
  SCONCE_DTYPE_FLOAT = 6,
  SCONCE_DTYPE_DOUBLE = 7,
  SCONCE_DTYPE_COMPLEX_FLOAT = 9,
  SCONCE_DTYPE_COMPLEX_DOUBLE = 10,
  SCONCE_DTYPE_BOOL = 11,
  SCONCE_DTYPE_QINT8 = 12,
  SCONCE_DTYPE_QUINT8 = 13,
  SCONCE_DTYPE_QINT32 = 14,
  SCONCE_DTYPE_BFLOAT16 = 15,
} sconce_dtype;

/**
 * What went wrong. Freed with `sconce_error_free`.
 */
typedef struct sconce_error sconce_error;

/**
 * A loaded model. Freed with `sconce_module_free`. Any number of threads may run one module.
 */
typedef struct sconce_module sconce_module;

/**
 * An array of one dtype. Freed with `sconce_tensor_free`.
 */
typedef struct sconce_tensor sconce_tensor;

/**
 * Any value of the TorchScript language. Freed with `sconce_value_free`.
 */
typedef struct sconce_value sconce_value;

/**
 * Where an archive is read from when it is neither a file nor in memory: it is encrypted, packed into something else, or
 * elsewhere.
 */
typedef struct {
  /**
   * Handed to both functions as it is.
   */
  void *context;
  /**
   * Returns the size of the archive in bytes, or a negative number when it cannot.
   */
  int64_t (*size)(void *context);
  /**
   * Writes `count` bytes from `offset` on to `buffer`, or fewer, and returns how many: 0 when there are none, a negative
   * number when reading fails. Must not throw or jump out.
   */
  int64_t (*read)(void *context, uint64_t offset, void *buffer, size_t count);
} sconce_reader;

/**
 * Takes the text of one `print`, with its newline; `text` lives as long as the call. Zero bytes in it become spaces.
 */
typedef void (*sconce_print_handler)(void *context, const char *text);

/**
 * Takes what a script gives to `torch.save`, and the name of the file; both live as long as the call. False makes the
 * script fail.
 */
typedef bool (*sconce_save_handler)(void *context, const sconce_value *value, const char *name);

/**
 * Called with its context when nothing refers to the memory of a tensor any more, on whatever thread that happens.
 */
typedef void (*sconce_deleter)(void *context);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library: `"0.1.0"`. Not to be freed.
 */
const char *sconce_version(void);

/**
 * Sets how many threads one operator may use; 0 counts as 1.
 */
void sconce_set_num_threads(size_t threads);

/**
 * How many threads one operator may use.
 */
size_t sconce_num_threads(void);

/**
 * The kind of the error; `SCONCE_STATUS_OK` for null.
 */
sconce_status sconce_error_kind(const sconce_error *error);

/**
 * The message, for people; lives as long as the error. Empty for null.
 */
const char *sconce_error_message(const sconce_error *error);

/**
 * The script's call stack with its source lines, ending in class and message; null when no script was running. Lives
 * as long as the error.
 */
const char *sconce_error_traceback(const sconce_error *error);

/**
 * The class of the exception that the script raised (`builtins.ValueError`), or null. Lives as long as the error.
 */
const char *sconce_error_class(const sconce_error *error);

/**
 * Frees an error; null is fine.
 */
void sconce_error_free(sconce_error *error);

/**
 * Reads an archive that `torch.jit.save` wrote. The file is mapped, not copied: it must not change while the module
 * lives.
 */
sconce_status sconce_module_load(const char *path,
                                 sconce_module **out,
                                 sconce_error **error);

/**
 * Reads an archive from memory, which is copied: it may go when this returns.
 */
sconce_status sconce_module_load_memory(const void *data,
                                        size_t size,
                                        sconce_module **out,
                                        sconce_error **error);

/**
 * Reads an archive through a reader of the caller's. Its functions are called on this thread, before this returns, and
 * never after.
 */
sconce_status sconce_module_load_reader(const sconce_reader *reader,
                                        sconce_module **out,
                                        sconce_error **error);

/**
 * Runs the method `forward`; see `sconce_module_run`.
 */
sconce_status sconce_module_forward(const sconce_module *module,
                                    const sconce_value *const *arguments,
                                    size_t count,
                                    sconce_value **out,
                                    sconce_error **error);

/**
 * Runs a method on `count` arguments, which stay the caller's; the result is the caller's to free. Arguments that the
 * method has defaults for may be left out at the end.
 */
sconce_status sconce_module_run(const sconce_module *module,
                                const char *method,
                                const sconce_value *const *arguments,
                                size_t count,
                                sconce_value **out,
                                sconce_error **error);

/**
 * Compiles a method ahead of its first run, so that what is wrong with it shows now.
 */
sconce_status sconce_module_compile(const sconce_module *module, const char *method, sconce_error **error);

/**
 * The number of methods; 0 for null.
 */
size_t sconce_module_method_count(const sconce_module *module);

/**
 * The name of a method, which lives as long as the module; null when `index` is out of range.
 */
const char *sconce_module_method_name(const sconce_module *module, size_t index);

/**
 * An attribute or constant of the module, freed by the caller.
 */
sconce_status sconce_module_attribute(const sconce_module *module,
                                      const char *name,
                                      sconce_value **out,
                                      sconce_error **error);

/**
 * A module with a copy of all state, for a stream of its own.
 */
sconce_status sconce_module_clone(const sconce_module *module, sconce_module **out, sconce_error **error);

/**
 * Frees a module. Null is fine.
 */
void sconce_module_free(sconce_module *module);

/**
 * Sends what scripts print to `handler`, in the whole process; null sends it to standard output again. `handler` may be
 * called from any thread, also while this function runs, with `context` as given.
 */
void sconce_set_print_handler(sconce_print_handler handler,
                              void *context);

/**
 * Lets scripts save, in the whole process: `torch.save` in them calls `handler`, which may write the value with
 * `sconce_value_save`, where the host wants it. Without a handler, as at the start and after null, such a script fails: an
 * archive writes no files by itself. `handler` may be called from any thread.
 */
void sconce_set_save_handler(sconce_save_handler handler,
                             void *context);

/**
 * A tensor over the caller's memory, which is not copied.
 *
 * `data` holds `sizes[0] * … * sizes[ndim - 1]` elements in row-major order, or lies as `strides` says, counted in
 * elements, `ndim` of them. It must stay valid until `deleter` is called with `context`; without a deleter, until
 * every tensor over it is freed, those that a model may have kept included. When this function fails, the deleter
 * is not called.
 */
sconce_status sconce_tensor_from_memory(void *data,
                                        int32_t dtype,
                                        const int64_t *sizes,
                                        size_t ndim,
                                        const int64_t *strides,
                                        sconce_deleter deleter,
                                        void *context,
                                        sconce_tensor **out,
                                        sconce_error **error);

/**
 * A tensor of its own memory, with a copy of the row-major elements at `data`; zeros when `data` is null.
 */
sconce_status sconce_tensor_new(const void *data,
                                int32_t dtype,
                                const int64_t *sizes,
                                size_t ndim,
                                sconce_tensor **out,
                                sconce_error **error);

/**
 * The element type as a `sconce_dtype`; -1 for null.
 */
int32_t sconce_tensor_dtype(const sconce_tensor *tensor);

/**
 * Bytes of one element; 0 for null.
 */
size_t sconce_tensor_itemsize(const sconce_tensor *tensor);

/**
 * The number of dimensions; 0 for null.
 */
size_t sconce_tensor_ndim(const sconce_tensor *tensor);

/**
 * The number of elements; 0 for null.
 */
size_t sconce_tensor_numel(const sconce_tensor *tensor);

/**
 * `sconce_tensor_ndim` sizes, which live as long as the tensor; null for null.
 */
const int64_t *sconce_tensor_sizes(const sconce_tensor *tensor);

/**
 * `sconce_tensor_ndim` strides in elements, which live as long as the tensor; null for null.
 */
const int64_t *sconce_tensor_strides(const sconce_tensor *tensor);

/**
 * The elements in row-major order, or null for a tensor that lies otherwise (see `sconce_tensor_contiguous`), that has
 * no elements or no memory. Lives as long as the tensor.
 */
void *sconce_tensor_data(const sconce_tensor *tensor);

/**
 * A tensor of the same elements in row-major order: the same memory where it lies so already, else a copy.
 */
sconce_status sconce_tensor_contiguous(const sconce_tensor *tensor,
                                       sconce_tensor **out,
                                       sconce_error **error);

/**
 * Frees the tensor; memory that others share stays. Null is fine.
 */
void sconce_tensor_free(sconce_tensor *tensor);

/**
 * None.
 */
sconce_value *sconce_value_none(void);

/**
 * The tensor as a value; the tensor stays the caller's to free. Null for null.
 */
sconce_value *sconce_value_from_tensor(const sconce_tensor *tensor);

sconce_value *sconce_value_from_int(int64_t value);

sconce_value *sconce_value_from_float(double value);

sconce_value *sconce_value_from_bool(bool value);

/**
 * From UTF-8 text.
 */
sconce_status sconce_value_from_string(const char *text, sconce_value **out, sconce_error **error);

/**
 * A list of `count` items of one type; of an empty list the type is Tensor. The items stay the caller's to free.
 */
sconce_status sconce_value_from_list(const sconce_value *const *items,
                                     size_t count,
                                     sconce_value **out,
                                     sconce_error **error);

/**
 * A tuple of `count` items, which stay the caller's to free.
 */
sconce_status sconce_value_from_tuple(const sconce_value *const *items,
                                      size_t count,
                                      sconce_value **out,
                                      sconce_error **error);

/**
 * A dict of `count` keys and as many items, each of one type, which stay the caller's to free.
 */
sconce_status sconce_value_from_dict(const sconce_value *const *keys,
                                     const sconce_value *const *items,
                                     size_t count,
                                     sconce_value **out,
                                     sconce_error **error);

/**
 * What the value is; `SCONCE_KIND_NONE` for null.
 */
sconce_kind sconce_value_kind(const sconce_value *value);

/**
 * The tensor, freed by the caller with `sconce_tensor_free`.
 */
sconce_status sconce_value_to_tensor(const sconce_value *value, sconce_tensor **out, sconce_error **error);

/**
 * An int, or a bool as 0 and 1.
 */
sconce_status sconce_value_to_int(const sconce_value *value, int64_t *out, sconce_error **error);

/**
 * A float, or an int.
 */
sconce_status sconce_value_to_float(const sconce_value *value, double *out, sconce_error **error);

sconce_status sconce_value_to_bool(const sconce_value *value, bool *out, sconce_error **error);

/**
 * The text of a string, which lives as long as the value; null for other values.
 */
const char *sconce_value_string(const sconce_value *value);

/**
 * The number of items of a list, tuple or dict; 0 for other values.
 */
size_t sconce_value_size(const sconce_value *value);

/**
 * An item of a list or tuple, or the item at a place of a dict; freed by the caller.
 */
sconce_status sconce_value_item(const sconce_value *value,
                                size_t index,
                                sconce_value **out,
                                sconce_error **error);

/**
 * The key at a place of a dict; freed by the caller.
 */
sconce_status sconce_value_key(const sconce_value *value,
                               size_t index,
                               sconce_value **out,
                               sconce_error **error);

/**
 * The item of a dict under a string, freed by the caller; null without an error when there is none.
 */
sconce_status sconce_value_find(const sconce_value *value,
                                const char *key,
                                sconce_value **out,
                                sconce_error **error);

/**
 * Writes a value as `torch.save` does. What was at `path` stays whole unless the new file is complete.
 */
sconce_status sconce_value_save(const sconce_value *value, const char *path, sconce_error **error);

/**
 * Frees a value; what others refer to stays. Null is fine.
 */
void sconce_value_free(sconce_value *value);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus
