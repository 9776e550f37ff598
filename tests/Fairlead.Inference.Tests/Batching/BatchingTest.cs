using System.Runtime.InteropServices;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Inference.Batching;

namespace Fairlead.Inference.Tests.Batching;

/// <summary>A batcher over a held session, with two processors, whose model counts as slow.</summary>
internal sealed class BatchingTest : IDisposable
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    public BatchingTest(byte[] model, int maxRows = 8)
    {
        Session = new HeldSession(Codec.Load(model), Time);
        Batcher = new MicroBatcher(Session, "m", new BatchPolicy(maxRows, Wait), Time, Observer, processors: 2);
    }

    public ManualTime Time { get; } = new();

    public HeldSession Session { get; }

    public CountingObserver Observer { get; } = new();

    public MicroBatcher Batcher { get; }

    /// <summary>One request for a model that takes FP32.</summary>
    public static InferRequest Floats(long[] shape, params float[] values) => Request(TensorType.Float32, shape, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <inheritdoc cref="Floats"/>
    public static InferRequest Integers(params long[] values) => Request(TensorType.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    public static float[] Answer(InferAnswer answer) => MemoryMarshal.Cast<byte, float>(Codec.Tensors(answer.OutputBlock)[0].Data).ToArray();

    /// <summary>Runs often enough that the batcher knows the model for slow.</summary>
    public async Task WarmUpAsync(InferRequest request)
    {
        var answer = new InferAnswer();
        for (var i = 0; i < 40; i++)
            await Batcher.RunAsync(request, answer, CancellationToken.None);
        Session.Runs.Clear();
        Observer.Clear();
    }

    /// <summary>Begins a run on another thread that is held up, and comes back when it is.</summary>
    public async Task<Task<RunTiming>> OccupyAsync(InferRequest request, InferAnswer answer)
    {
        Session.Hold();
        var run = Task.Run(async () => await Batcher.RunAsync(request, answer, CancellationToken.None));
        await Session.EnteredAsync();
        return run;
    }

    public void Dispose()
    {
        Batcher.Dispose();
        Session.Dispose();
    }

    private static InferRequest Request(TensorType type, long[] shape, ReadOnlySpan<byte> data)
    {
        var header = TensorBlock.HeaderSize(shape.Length);
        var block = new byte[header + data.Length];
        TensorBlock.WriteHeader(block, type, shape, data.Length);
        data.CopyTo(block.AsSpan(header));
        var request = new InferRequest();
        request.Fill((int)shape[0], block);
        return request;
    }
}
