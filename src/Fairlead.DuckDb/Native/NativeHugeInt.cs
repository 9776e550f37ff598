using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary><c>duckdb_hugeint</c>, also the storage of UUIDs (with the top bit flipped) and of wide decimals.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeHugeInt
{
    public ulong Lower;
    public long Upper;

    public readonly Int128 Value => new((ulong)Upper, Lower);

    public readonly UInt128 UnsignedValue => new((ulong)Upper, Lower);
}
