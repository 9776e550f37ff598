using Fairlead.Domain.Predictions;

namespace Fairlead.Inference.Chains;

/// <summary>What one thread needs to run a chain; reused.</summary>
internal sealed class ChainCall : IDisposable
{
    private readonly ChainPlan plan;
    private readonly IReadOnlyList<IModelSession> models;
    private readonly GrowableBuffer[] slots;
    private readonly TransformRunner?[] transforms;
    private readonly InferRequest request = new();
    private readonly InferAnswer answer = new();
    private readonly GrowableBuffer block = new();

    /// <param name="models">Sessions of the model stages, in order.</param>
    public ChainCall(ChainPlan plan, IReadOnlyList<IModelSession> models, TransformDatabase? database, TimeProvider time)
    {
        this.plan = plan;
        this.models = models;
        slots = new GrowableBuffer[plan.Slots];
        for (var i = 0; i < slots.Length; i++)
            slots[i] = new GrowableBuffer();
        transforms = [.. plan.Stages.Select(stage => stage.Sql is null ? null : new TransformRunner(database!, stage, time))];
    }

    /// <summary>Scores a block of inputs and appends the block of the outputs.</summary>
    public void Run(ReadOnlySpan<byte> inputs, int rows, GrowableBuffer outputs)
    {
        TakeInputs(inputs);
        var model = 0;
        for (var i = 0; i < plan.Stages.Count; i++)
        {
            if (transforms[i] is { } transform)
                transform.Run(slots, rows);
            else
                RunModel(models[model++], plan.Stages[i], rows);
        }

        foreach (var slot in plan.Outputs)
            outputs.Append(slots[slot].Written);
        Clear();
    }

    public void Dispose()
    {
        Clear();
        foreach (var transform in transforms)
            transform?.Dispose();
    }

    private void Clear()
    {
        foreach (var slot in slots)
            slot.Clear();
        block.Clear();
        request.Clear();
        answer.Clear();
    }

    private void TakeInputs(ReadOnlySpan<byte> inputs)
    {
        for (var i = 0; i < plan.Signature.Inputs.Count; i++)
            Take(ref inputs, slots[i]);
    }

    private void RunModel(IModelSession session, PlannedStage stage, int rows)
    {
        block.Clear();
        for (var i = 0; i < stage.Inputs.Count; i++)
            AppendAs(stage.Signature!.Inputs[i].Shape.Count, slots[stage.Inputs[i]].Written);
        request.Fill(rows, block.Written);
        session.Run(request, answer);
        var outputs = answer.OutputBlock;
        foreach (var slot in stage.Outputs)
            Take(ref outputs, slots[slot]);
    }

    private static void Take(ref ReadOnlySpan<byte> source, GrowableBuffer slot)
    {
        var before = source;
        if (!TensorBlock.TryRead(ref source, out var tensor) || tensor.Type == 0)
            throw new ArgumentException("The block lacks a tensor.", nameof(source));
        slot.Clear();
        slot.Append(before[..(before.Length - source.Length)]);
    }

    // One value per row is [-1] here and [-1,1] there.
    private void AppendAs(int rank, ReadOnlySpan<byte> source)
    {
        var whole = source;
        TensorBlock.TryRead(ref source, out var tensor);
        if (tensor.Rank == rank || tensor.Rank == 0)
        {
            block.Append(whole);
            return;
        }

        ReadOnlySpan<long> shape = [tensor.Dimension(0), 1];
        block.Advance(TensorBlock.WriteHeader(block.Reserve(TensorBlock.HeaderSize(rank)), tensor.Type, shape[..rank], tensor.Data.Length));
        block.Append(tensor.Data);
    }
}
