using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary>Functions of this program's own that statements may call.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "duckdb_create_scalar_function")]
    public static partial nint CreateScalarFunction();

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_scalar_function")]
    public static partial void DestroyScalarFunction(ref nint function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetFunctionName(nint function, string name);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_add_parameter")]
    public static partial void AddFunctionParameter(nint function, nint type);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_return_type")]
    public static partial void SetFunctionResult(nint function, nint type);

    // NULLs reach the function.
    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_special_handling")]
    public static partial void SetFunctionTakesNulls(nint function);

    // Called for every row, and never ahead of the rows.
    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_volatile")]
    public static partial void SetFunctionVolatile(nint function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_extra_info")]
    public static unsafe partial void SetFunctionState(nint function, nint state, delegate* unmanaged[Cdecl]<nint, void> release);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_function")]
    public static unsafe partial void SetFunctionBody(nint function, delegate* unmanaged[Cdecl]<nint, nint, nint, void> body);

    [LibraryImport(Library, EntryPoint = "duckdb_register_scalar_function")]
    public static partial int RegisterScalarFunction(ConnectionHandle connection, nint function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_get_extra_info")]
    [SuppressGCTransition]
    public static partial nint FunctionState(nint call);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_error", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetFunctionError(nint call, string message);
}
