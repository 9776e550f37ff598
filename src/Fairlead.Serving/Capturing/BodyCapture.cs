using System.Buffers;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Serving.Forwarding.Recording;

namespace Fairlead.Serving.Capturing;

/// <summary>What of the bodies of a command service is recorded.</summary>
internal sealed class BodyCapture
{
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    private readonly JsonFilter? filter;

    /// <param name="signature">Names the fields of the record that are not part of a body.</param>
    /// <param name="hash">Set when the policy hashes anything.</param>
    public BodyCapture(CapturePolicy policy, Signature signature, CaptureHash? hash)
    {
        Longest = policy.MaxBody ?? BoundedCopy.Bound;
        if (JsonPath.Of(policy, field => !IsOfRecord(field, signature)) is { } path)
            filter = new JsonFilter(path, hash);
    }

    /// <summary>Bytes of a body that is recorded, inclusive.</summary>
    public long Longest { get; }

    /// <summary>Adds a body to a record, or that it is left out, which is counted.</summary>
    /// <param name="body">Whole, or empty.</param>
    /// <param name="isTooLong">There was one that was too long to keep.</param>
    /// <param name="isBounded">False when its length tells nothing of what was sent.</param>
    /// <returns>False when it is left out.</returns>
    public bool TryAdd(GroupCapture capture, CallBlock block, ReadOnlySpan<byte> body, bool isTooLong, bool isBounded = true)
    {
        if (isTooLong || (isBounded && body.Length > Longest))
        {
            block.AddAbsent();
            capture.Count(CaptureOmission.TooLong);
            return false;
        }

        if (filter is null || body.IsEmpty)
        {
            block.Add(body);
            return true;
        }

        if (TryFilter(block, body))
            return true;

        // Nothing of it may be recorded, since nobody knows where in it the hidden fields are.
        block.AddAbsent();
        capture.Count(CaptureOmission.Unreadable);
        return false;
    }

    private bool TryFilter(CallBlock block, ReadOnlySpan<byte> body)
    {
        var target = buffer ??= new ArrayBufferWriter<byte>(1024);
        var isWritten = filter!.TryWrite(body, target);
        if (isWritten)
            block.Add(target.WrittenSpan);
        if (target.Capacity > LargestKept)
            buffer = null;
        else
            target.Clear();
        return isWritten;
    }

    private static bool IsOfRecord(string field, Signature signature) =>
        field == CapturePolicy.UnitField || signature.Inputs.Concat(signature.Outputs).Any(spec => spec.Name == field);
}
