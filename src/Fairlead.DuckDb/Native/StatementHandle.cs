using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary>A prepared statement; it keeps its connection open until it is released itself.</summary>
internal sealed class StatementHandle : SafeHandle
{
    private readonly ConnectionHandle connection;

    public StatementHandle(ConnectionHandle connection, nint value)
        : base(0, ownsHandle: true)
    {
        var referenced = false;
        connection.DangerousAddRef(ref referenced);
        this.connection = connection;
        SetHandle(value);
    }

    public override bool IsInvalid => false;

    protected override bool ReleaseHandle()
    {
        NativeMethods.DestroyPrepare(ref handle);
        connection.DangerousRelease();
        return true;
    }
}
