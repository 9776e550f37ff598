using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary><c>duckdb_string_t</c>: up to 12 bytes lie inside, longer ones behind a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeString
{
    public const int InlineLimit = 12;

    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(4)]
    public fixed byte Inlined[InlineLimit];

    [FieldOffset(8)]
    public byte* Pointer;
}
