using System.Runtime.InteropServices;

namespace Fairlead.Transport.Sockets;

/// <summary>The system's <c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Start;
    public nint Length;
}
