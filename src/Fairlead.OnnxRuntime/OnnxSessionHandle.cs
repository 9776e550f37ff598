using System.Runtime.InteropServices;
using System.Text;

namespace Fairlead.OnnxRuntime;

/// <summary>
/// Owns the native session and the native copies of its input and output names. Being a safe handle, it outlives every call
/// that is under way when the session is disposed.
/// </summary>
internal sealed unsafe class OnnxSessionHandle : SafeHandle
{
    private readonly OnnxApi api;

    private OnnxSessionHandle(OnnxApi api)
        : base(0, ownsHandle: true) => this.api = api;

    public override bool IsInvalid => handle == 0;

    public byte** InputNames { get; private set; }

    public byte** OutputNames { get; private set; }

    public static OnnxSessionHandle Open(OnnxEngine engine, string path)
    {
        var result = new OnnxSessionHandle(engine.Api);
        var options = SessionOptions.Create(engine.Api);
        try
        {
            nint session;
            fixed (byte* pathBytes = NullTerminated(path))
                engine.Api.Check(engine.Api.CreateSession(engine.Environment, pathBytes, options, &session));
            result.SetHandle(session);
            return result;
        }
        finally
        {
            engine.Api.ReleaseSessionOptions(options);
        }
    }

    public void SetNames(string[] inputs, string[] outputs)
    {
        InputNames = Copy(inputs);
        OutputNames = Copy(outputs);
    }

    protected override bool ReleaseHandle()
    {
        api.ReleaseSession(handle);
        NativeMemory.Free(InputNames);
        NativeMemory.Free(OutputNames);
        return true;
    }

    // One block: the pointers, then the null-terminated names that they point to.
    private static byte** Copy(string[] names)
    {
        var bytes = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        var block = (byte**)NativeMemory.Alloc((nuint)((bytes.Length * sizeof(byte*)) + bytes.Sum(name => name.Length + 1)));
        var at = (byte*)(block + bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            block[i] = at;
            bytes[i].CopyTo(new Span<byte>(at, bytes[i].Length));
            at[bytes[i].Length] = 0;
            at += bytes[i].Length + 1;
        }

        return block;
    }

    // The engine takes paths in the platform's own encoding.
    private static byte[] NullTerminated(string path) =>
        OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(path + '\0') : Encoding.UTF8.GetBytes(path + '\0');
}
