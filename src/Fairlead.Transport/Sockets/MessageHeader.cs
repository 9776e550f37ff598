using System.Runtime.InteropServices;

namespace Fairlead.Transport.Sockets;

/// <summary>The system's <c>struct msghdr</c> on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public byte* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nint VectorCount;
    public byte* Control;
    public nint ControlLength;
    public int Flags;
}
