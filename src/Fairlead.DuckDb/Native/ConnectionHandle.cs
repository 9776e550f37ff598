using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary>A connection; it keeps its database open until it is released itself.</summary>
internal sealed class ConnectionHandle : SafeHandle
{
    private readonly DatabaseHandle database;

    public ConnectionHandle(DatabaseHandle database)
        : base(0, ownsHandle: true)
    {
        var referenced = false;
        database.DangerousAddRef(ref referenced);
        this.database = database;
        if (NativeMethods.Connect(database, out handle) != 0)
            handle = 0;
    }

    public override bool IsInvalid => false;

    public bool IsConnected => handle != 0;

    protected override bool ReleaseHandle()
    {
        if (handle != 0)
            NativeMethods.Disconnect(ref handle);
        database.DangerousRelease();
        return true;
    }
}
