using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary><c>duckdb_result</c>: passed by value to some functions, so its size is part of the binary interface. Only the last field is used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    public ulong DeprecatedColumnCount;
    public ulong DeprecatedRowCount;
    public ulong DeprecatedRowsChanged;
    public nint DeprecatedColumns;
    public nint DeprecatedError;
    public nint Internal;
}
