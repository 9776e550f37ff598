using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary>Texts that the library hands out.</summary>
internal static class NativeText
{
    /// <summary>Copies a text that the library keeps.</summary>
    public static string? Borrow(nint text) => text == 0 ? null : Marshal.PtrToStringUTF8(text);

    /// <summary>Copies a text that the library gave away, and frees it.</summary>
    public static string Take(nint text)
    {
        if (text == 0)
            return "";
        var copy = Marshal.PtrToStringUTF8(text)!;
        NativeMethods.Free(text);
        return copy;
    }
}
