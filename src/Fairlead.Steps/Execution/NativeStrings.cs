using System.Runtime.InteropServices;

namespace Fairlead.Steps.Execution;

/// <summary>A null-terminated array of C strings in UTF-8, outside the managed heap.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int count;

    public NativeStrings(IReadOnlyList<string> strings)
    {
        count = strings.Count;
        Pointer = (nint*)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(nint));
        for (var index = 0; index < count; index++)
            Pointer[index] = Marshal.StringToCoTaskMemUTF8(strings[index]);
    }

    public nint* Pointer { get; private set; }

    public void Dispose()
    {
        if (Pointer is null)
            return;
        for (var index = 0; index < count; index++)
            Marshal.FreeCoTaskMem(Pointer[index]);
        NativeMemory.Free(Pointer);
        Pointer = null;
    }
}
