using System.Buffers;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;

namespace Fairlead.Serving.Capturing;

/// <summary>Which tensors of the inputs, or of the outputs, are redacted or hashed.</summary>
internal sealed class FieldPlan
{
    private readonly FieldTreatment[] treatments;
    private readonly CaptureHash? hash;

    private FieldPlan(FieldTreatment[] treatments, CaptureHash? hash)
    {
        this.treatments = treatments;
        this.hash = hash;
    }

    /// <summary>Null when every tensor is kept as it is.</summary>
    /// <param name="hash">Set when anything is hashed.</param>
    public static FieldPlan? Of(IReadOnlyList<TensorSpec> specs, CapturePolicy policy, CaptureHash? hash)
    {
        FieldTreatment[] treatments = [.. specs.Select(spec => TreatmentOf(spec.Name, policy))];
        return Array.TrueForAll(treatments, treatment => treatment == FieldTreatment.Keep) ? null : new FieldPlan(treatments, hash);
    }

    public static FieldTreatment TreatmentOf(string field, CapturePolicy policy) =>
        policy.Redact.Contains(field, StringComparer.Ordinal) ? FieldTreatment.Redact
        : policy.Hash.Contains(field, StringComparer.Ordinal) ? FieldTreatment.Hash
        : FieldTreatment.Keep;

    /// <summary>What the records hold.</summary>
    public static IReadOnlyList<TensorSpec> Recorded(IReadOnlyList<TensorSpec> specs, CapturePolicy policy) =>
        [.. specs.Select(spec => TreatmentOf(spec.Name, policy) == FieldTreatment.Hash ? spec with { Type = TensorType.Bytes } : spec)];

    /// <summary>Writes a block as it may be recorded.</summary>
    /// <param name="block">Tensors in the signature's order; may end early.</param>
    public void Write(ReadOnlySpan<byte> block, IBufferWriter<byte> target)
    {
        foreach (var treatment in treatments)
        {
            var before = block;
            if (!TensorBlock.TryRead(ref block, out var tensor))
                return;
            if (tensor.Type == 0 || treatment == FieldTreatment.Redact)
                target.Write([(byte)0]);
            else if (treatment == FieldTreatment.Hash)
                TensorHash.Write(tensor, hash!, target);
            else
                target.Write(before[..^block.Length]);
        }
    }
}
