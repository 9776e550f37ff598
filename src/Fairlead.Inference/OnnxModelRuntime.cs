using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Onnx;
using Fairlead.OnnxRuntime;

namespace Fairlead.Inference;

/// <summary>Serves ONNX models in this process. Thread-safe. Sessions belong to their callers and outlive the runtime.</summary>
public sealed class OnnxModelRuntime : IModelRuntime, IModelInspector, IDisposable
{
    private volatile bool disposed;

    public IModelSession Load(string path, string name)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var session = new OnnxModelSession(Open(path, name), name, new FileInfo(path).Length);
        try
        {
            WarmUp(session);
            return session;
        }
        catch (OnnxRuntimeException e)
        {
            session.Dispose();
            throw Unservable(name, e);
        }
    }

    public Signature Inspect(string path, string name)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        using var session = Open(path, name);
        return OnnxSignature.Of(session);
    }

    /// <summary>Ends the loading of further models.</summary>
    public void Dispose() => disposed = true;

    private static OnnxSession Open(string path, string name)
    {
        try
        {
            return OnnxSession.Open(path);
        }
        catch (OnnxRuntimeException e)
        {
            throw Unservable(name, e);
        }
    }

    private static FairleadException Unservable(string name, OnnxRuntimeException e) =>
        new(ProblemKind.Failed, $"Model '{name}' cannot be served: {e.Message.TrimEnd('.')}.", e);

    // Operators prepare themselves in their first run.
    private static void WarmUp(OnnxModelSession session)
    {
        var inputs = new GrowableBuffer();
        var outputs = new GrowableBuffer();
        try
        {
            if (DummyRow.TryWrite(session.Signature, inputs))
                session.Score(inputs.Written, outputs);
        }
        catch (OnnxRuntimeException e) when (e.Code is OnnxErrorCode.InvalidArgument or OnnxErrorCode.Failed or OnnxErrorCode.RuntimeException)
        {
            // So the engine reports values and shapes that an operator does not take: a zero may be no valid index, 1 may be too
            // few of a variable dimension. Real values may be fine; they get their own error if not.
        }
        finally
        {
            inputs.Clear();
            outputs.Clear();
        }
    }
}
