using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.OnnxRuntime;

namespace Fairlead.Inference.Onnx;

/// <summary>A model served by ONNX Runtime.</summary>
internal sealed class OnnxModelSession : IModelSession
{
    private const long FixedBytes = 64 << 10;
    private const int FileFactor = 3;
    private readonly OnnxSession session;
    private readonly IdlePool<OnnxCall> calls;
    private readonly string name;

    /// <param name="fileBytes">Size of the model's file.</param>
    public OnnxModelSession(OnnxSession session, string name, long fileBytes)
    {
        MemoryBytes = FixedBytes + (FileFactor * fileBytes);
        this.session = session;
        this.name = name;
        calls = new IdlePool<OnnxCall>(session.CreateCall);
        Codec = new SignatureCodec(OnnxSignature.Of(session));
    }

    public Signature Signature => Codec.Signature;

    public SignatureCodec Codec { get; }

    public long MemoryBytes { get; }

    public void Run(InferRequest request, InferAnswer answer)
    {
        answer.Clear();
        try
        {
            Score(request.InputBlock, answer.Outputs);
        }
        catch (OnnxRuntimeException e)
        {
            answer.Clear();
            var kind = e.Code == OnnxErrorCode.InvalidArgument ? ProblemKind.Invalid : ProblemKind.Failed;
            throw new FairleadException(kind, $"Model '{name}' could not score the request: {e.Message}", e);
        }
    }

    /// <summary>Runs the model over a block of inputs and appends the block of its outputs.</summary>
    /// <exception cref="OnnxRuntimeException">The engine's own message.</exception>
    public void Score(ReadOnlySpan<byte> inputs, GrowableBuffer outputs)
    {
        var call = calls.Rent();
        try
        {
            SetInputs(call, inputs);
            call.Run();
            for (var i = 0; i < Codec.Outputs.Length; i++)
                AppendOutput(call, i, outputs);
            call.ReleaseOutputs();
            call.Trim(GrowableBuffer.KeptBytes);
        }
        catch
        {
            // What state a failed call is in is not worth reasoning about.
            call.Dispose();
            throw;
        }

        calls.Return(call);
    }

    public void Dispose()
    {
        calls.Dispose();
        session.Dispose();
    }

    private void SetInputs(OnnxCall call, ReadOnlySpan<byte> block)
    {
        Span<long> shape = stackalloc long[TensorBlock.MaxRank];
        for (var i = 0; i < Codec.Inputs.Length; i++)
        {
            // A call keeps its tensors: one that is not set anew would be an earlier request's.
            if (!TensorBlock.TryRead(ref block, out var tensor) || tensor.Type != Codec.Inputs[i].Spec.Type)
                throw new ArgumentException($"The block has no {Codec.Inputs[i].Spec.Type} for the input '{Codec.Inputs[i].Spec.Name}' of model '{name}'.", nameof(block));
            for (var axis = 0; axis < tensor.Rank; axis++)
                shape[axis] = tensor.Dimension(axis);
            call.SetInput(i, shape[..tensor.Rank], tensor.Data);
        }
    }

    private void AppendOutput(OnnxCall call, int index, GrowableBuffer target)
    {
        var shape = call.OutputShape(index);
        if (shape.Length > TensorBlock.MaxRank)
            throw new OnnxRuntimeException(OnnxErrorCode.None, $"The output '{Codec.Outputs[index].Spec.Name}' has '{shape.Length}' dimensions, and at most {TensorBlock.MaxRank} are served.");
        var size = call.OutputSize(index);
        var header = TensorBlock.HeaderSize(shape.Length);
        var bytes = target.Reserve(checked(header + size));
        TensorBlock.WriteHeader(bytes, Codec.Outputs[index].Spec.Type, shape, size);
        call.CopyOutput(index, bytes.Slice(header, size));
        target.Advance(header + size);
    }
}
