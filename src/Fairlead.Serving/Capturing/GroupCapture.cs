using System.Buffers;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Serving.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Capturing;

/// <summary>
/// What a server group's capture policy does to its records on their way into the log, whoever writes them. A group whose policy says nothing
/// pays two comparisons for it.
/// </summary>
internal sealed class GroupCapture
{
    private readonly GroupMetrics metrics;
    private readonly UnitSample? sample;
    private readonly FieldPlan? inputs;
    private readonly FieldPlan? outputs;
    private readonly FieldTreatment unit;
    private readonly CaptureHash? hash;
    private readonly bool hidesFields;

    /// <summary>Of a block of tensors; those of commands are bounded by their bodies.</summary>
    private readonly long longestBlock = long.MaxValue;

    private volatile CaptureContext context;

    /// <param name="hash">Set when the policy hashes anything.</param>
    public GroupCapture(DesiredServerGroup desired, GroupMetrics metrics, CaptureHash? hash = null)
    {
        this.metrics = metrics;
        this.hash = hash;
        var (service, policy) = (desired.Service, desired.Service.Capture);
        var signature = service.Signature;
        context = new CaptureContext
        {
            ServerGroup = desired.Name,
            Release = desired.Release,
            Model = service.Model?.Model ?? (service.Chain is null ? null : service.Label),
            ModelVersion = service.Model?.Number,
            ModelDigest = service.Digest,
            Configuration = desired.Configuration,
            Signature = policy.Hash.Count == 0 ? signature : new(FieldPlan.Recorded(signature.Inputs, policy), FieldPlan.Recorded(signature.Outputs, policy)),
        };
        sample = policy.Sample < 1 ? new UnitSample(service.Name, policy.Sample) : null;
        inputs = FieldPlan.Of(signature.Inputs, policy, hash);
        outputs = FieldPlan.Of(signature.Outputs, policy, hash);
        unit = FieldPlan.TreatmentOf(CapturePolicy.UnitField, policy);
        hidesFields = policy.Redact.Count + policy.Hash.Count > 0;
        if (service.Command is null)
            longestBlock = policy.MaxBody ?? long.MaxValue;
        else
            Bodies = new BodyCapture(policy, signature, hash);
    }

    /// <summary>One instance as long as nothing of it changes: the log writes a context once per instance.</summary>
    public CaptureContext Context => context;

    /// <summary>For a command service.</summary>
    public BodyCapture? Bodies { get; }

    /// <summary>Notes for whom the environment is, which may change while the group lives.</summary>
    public void SetCustomer(string? customer)
    {
        if (context.Customer != customer)
            context = context with { Customer = customer };
    }

    public void Count(CaptureOmission omission) => metrics.CountOmission(omission);

    /// <summary>True when the service's sample leaves a request out, which is counted then: asked once for each, before anything is done for its record.</summary>
    /// <param name="unit">UTF-8, may be empty.</param>
    /// <param name="id">The prediction that the client got, also for a shadow.</param>
    public bool LeavesOut(ReadOnlySpan<byte> unit, PredictionId id)
    {
        if (sample is null || sample.Keeps(unit, id))
            return false;
        Count(CaptureOmission.Sampled);
        return true;
    }

    /// <summary>Appends a record as the policy wants it, if the sample does not leave it out.</summary>
    /// <param name="entry">What really came and went.</param>
    public CaptureOutcome TryAppend(ICaptureLog log, in CaptureEntry entry, out long position)
    {
        position = 0;
        return LeavesOut(entry.Unit, entry.ShadowOf.IsSet ? entry.ShadowOf : entry.Id) ? CaptureOutcome.LeftOut : TryAppendKept(log, entry, out position);
    }

    /// <summary>As above, when the sample was asked already.</summary>
    /// <param name="entry">What really came and went; without the hidden parts of bodies, which are the caller's to leave out.</param>
    public CaptureOutcome TryAppendKept(ICaptureLog log, in CaptureEntry entry, out long position) =>
        hidesFields || entry.Inputs.Length > longestBlock || entry.Outputs.Length > longestBlock
            ? AppendFiltered(log, entry, out position)
            : Append(log, entry, out position);

    private CaptureOutcome Append(ICaptureLog log, in CaptureEntry entry, out long position)
    {
        if (log.TryAppend(context, entry, out position))
            return CaptureOutcome.Captured;
        Count(CaptureOmission.Lost);
        return CaptureOutcome.Lost;
    }

    private CaptureOutcome AppendFiltered(ICaptureLog log, in CaptureEntry entry, out long position)
    {
        var buffers = FilterBuffers.Rent();
        try
        {
            var omitted = entry.Omitted;
            var keptInputs = Filter(entry.Inputs, inputs, buffers.Inputs, OmittedParts.Inputs, ref omitted);
            var keptOutputs = Filter(entry.Outputs, outputs, buffers.Outputs, OmittedParts.Outputs, ref omitted);
            Span<byte> hashed = stackalloc byte[CaptureHash.Length];
            var filtered = new CaptureEntry
            {
                Id = entry.Id,
                TimeMicroseconds = entry.TimeMicroseconds,
                LatencyMicroseconds = entry.LatencyMicroseconds,
                Status = entry.Status,
                Role = entry.Role,
                Route = entry.Route,
                ShadowOf = entry.ShadowOf,
                Rows = entry.Rows,
                Omitted = omitted,
                Unit = FilterUnit(entry.Unit, hashed),
                RequestId = entry.RequestId,
                TraceId = entry.TraceId,
                Error = FilterError(entry),
                Inputs = keptInputs,
                Outputs = keptOutputs,
            };
            return Append(log, filtered, out position);
        }
        finally
        {
            buffers.Return();
        }
    }

    private ReadOnlySpan<byte> Filter(ReadOnlySpan<byte> block, FieldPlan? plan, ArrayBufferWriter<byte> buffer, OmittedParts part, ref OmittedParts omitted)
    {
        if (block.Length > longestBlock)
        {
            omitted |= part;
            Count(CaptureOmission.TooLong);
            return default;
        }

        if (plan is null || block.IsEmpty)
            return block;
        plan.Write(block, buffer);
        return buffer.WrittenSpan;
    }

    private ReadOnlySpan<byte> FilterUnit(ReadOnlySpan<byte> value, Span<byte> room)
    {
        if (unit == FieldTreatment.Keep || value.IsEmpty)
            return value;
        if (unit == FieldTreatment.Redact)
            return default;
        hash!.Write(value, room);
        return room;
    }

    /// <summary>A sentence about what was wrong with a request may quote it.</summary>
    private static ReadOnlySpan<byte> FilterError(in CaptureEntry entry) =>
        entry.Error.IsEmpty || entry.Status != StatusCodes.Status400BadRequest
            ? entry.Error
            : "The request was refused; why is not recorded, since fields of this service are redacted or hashed and the sentence might quote them."u8;
}
