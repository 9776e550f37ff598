using System.Buffers;
using Fairlead.Domain.Predictions;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Shadows;

/// <summary>A copy of a request to a model, and of what the client was answered.</summary>
internal sealed class ModelShadowJob : ShadowJob
{
    private readonly ModelShadowRunner runner;
    private readonly byte[] buffer;
    private readonly int inputs;
    private readonly int outputs;
    private readonly int unit;
    private readonly int requestId;
    private readonly bool isTraced;

    /// <param name="shadow">Held for the job by the caller.</param>
    /// <param name="scratch">Copied before the constructor returns.</param>
    public ModelShadowJob(ModelShadowRunner runner, LiveServerGroup shadow, LiveServerGroup live, Scratch scratch, long since)
        : base(shadow, scratch.Id, since)
    {
        this.runner = runner;
        Live = live;
        Rows = scratch.Request.Rows;
        IsAnswered = scratch.Error is null;
        isTraced = !scratch.TraceId.IsEmpty;
        (inputs, unit, requestId) = (scratch.Request.InputBlock.Length, scratch.Unit.Length, scratch.Request.Id.Length);

        // A run past its deadline may still write its answer.
        outputs = IsAnswered ? scratch.Answer.OutputBlock.Length : 0;
        Bytes = SizeOf(scratch);
        buffer = ArrayPool<byte>.Shared.Rent(Bytes);
        scratch.Request.InputBlock.CopyTo(buffer);
        if (IsAnswered)
            scratch.Answer.OutputBlock.CopyTo(buffer.AsSpan(inputs));
        scratch.Unit.CopyTo(buffer.AsSpan(inputs + outputs));
        scratch.Request.Id.CopyTo(buffer.AsSpan(inputs + outputs + unit));
        scratch.TraceId.CopyTo(buffer.AsSpan(inputs + outputs + unit + requestId));
    }

    public LiveServerGroup Live { get; }

    public int Rows { get; }

    /// <summary>False when the live server group had no answer.</summary>
    public bool IsAnswered { get; }

    public override int Bytes { get; }

    public ReadOnlySpan<byte> Inputs => buffer.AsSpan(0, inputs);

    public ReadOnlySpan<byte> Outputs => buffer.AsSpan(inputs, outputs);

    public ReadOnlySpan<byte> Unit => buffer.AsSpan(inputs + outputs, unit);

    public ReadOnlySpan<byte> RequestId => buffer.AsSpan(inputs + outputs + unit, requestId);

    public ReadOnlySpan<byte> TraceId => isTraced ? buffer.AsSpan(inputs + outputs + unit + requestId, Requests.TraceParent.TraceIdSize) : default;

    public static int SizeOf(Scratch scratch) =>
        scratch.Request.InputBlock.Length + (scratch.Error is null ? scratch.Answer.OutputBlock.Length : 0) + scratch.Unit.Length + scratch.Request.Id.Length + scratch.TraceId.Length;

    public override void Run(ShadowNumbers numbers) => runner.Run(this, numbers);

    protected override void Free() => ArrayPool<byte>.Shared.Return(buffer);
}
