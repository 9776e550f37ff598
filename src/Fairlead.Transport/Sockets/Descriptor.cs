using System.Runtime.InteropServices;

namespace Fairlead.Transport.Sockets;

/// <summary>A file descriptor of the kernel's. Closing waits for the calls that use it, so that none ever works on another file that got the same number.</summary>
internal sealed class Descriptor : SafeHandle
{
    public Descriptor()
        : base(invalidHandleValue: -1, ownsHandle: true)
    {
    }

    private Descriptor(int number)
        : base(invalidHandleValue: -1, ownsHandle: false) => SetHandle(number);

    /// <summary>A name for a descriptor that somebody else closes.</summary>
    public static Descriptor Borrow(int number) => new(number);

    // The system returns 32 bits; what the others of the handle are is left open.
    public override bool IsInvalid => (int)handle < 0;

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
