namespace Fairlead.OnnxRuntime;

/// <summary>
/// A loaded model. Any number of threads may run it at once, each through a call of its own (<see cref="CreateCall"/>).
/// Disposing it while calls run is safe: they finish, and later ones throw <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed unsafe class OnnxSession : IDisposable
{
    /// <summary>Ends the name of the output that holds the keys of another one's maps.</summary>
    public const string KeysSuffix = ".keys";
    private readonly OnnxSessionHandle handle;

    // The handle alone would let new calls in for as long as others are under way.
    private volatile bool disposed;

    private OnnxSession(OnnxEngine engine, OnnxSessionHandle handle)
    {
        Engine = engine;
        this.handle = handle;
        var native = handle.DangerousGetHandle();
        var inputs = SignatureReader.Inputs(engine, native);
        NativeOutputs = SignatureReader.Outputs(engine, native);
        handle.SetNames([.. inputs.Select(input => input.Name)], [.. NativeOutputs.Select(output => output.Name)]);
        Inputs = inputs;
        Outputs = [.. NativeOutputs.SelectMany(output => output.Tensors)];
        Places = [.. NativeOutputs.SelectMany((output, native) => output.Tensors.Select((_, part) => new OutputPlace(native, part)))];
    }

    /// <summary>In the model's own order, as <see cref="Outputs"/>.</summary>
    public IReadOnlyList<OnnxTensorInfo> Inputs { get; }

    /// <summary>
    /// Tensors. A sequence of maps, as classifiers from scikit-learn have, is read as two, each with one row for each item: the values [-1,-1]
    /// under the output's name, one column for each key in the map's order, and the keys [-1,-1] under the name with <see cref="KeysSuffix"/>.
    /// A sequence of tensors that are alike is read as one with the items as its first dimension.
    /// </summary>
    public IReadOnlyList<OnnxTensorInfo> Outputs { get; }

    internal IReadOnlyList<NativeOutput> NativeOutputs { get; }

    /// <summary>For each of <see cref="Outputs"/>.</summary>
    internal OutputPlace[] Places { get; }

    internal OnnxEngine Engine { get; }

    /// <summary>Loads a model file; the engine maps or reads the file itself, so that no managed copy is made.</summary>
    /// <exception cref="OnnxRuntimeException">The file is no model that the engine loads, or has inputs or outputs that have no form as tensors.</exception>
    public static OnnxSession Open(string path)
    {
        var engine = OnnxEngine.Shared;
        var handle = OnnxSessionHandle.Open(engine, path);
        try
        {
            return new OnnxSession(engine, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>A reusable set of input and output tensors for one thread at a time.</summary>
    public OnnxCall CreateCall()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new OnnxCall(this);
    }

    public void Dispose()
    {
        disposed = true;
        handle.Dispose();
    }

    /// <summary>Keeps the native session for a call, however long that lives; <see cref="Leave"/> gives it free.</summary>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    internal void Enter()
    {
        var held = false;
        handle.DangerousAddRef(ref held);
    }

    internal void Leave() => handle.DangerousRelease();

    /// <summary>Only by a call that has entered: counting each run would cost two processors that run one session more than some models do.</summary>
    internal void Run(nint* inputs, nint* outputs)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var api = Engine.Api;
        api.Check(api.Run(handle.DangerousGetHandle(), 0, handle.InputNames, inputs, (nuint)Inputs.Count, handle.OutputNames, (nuint)NativeOutputs.Count, outputs));
    }
}
