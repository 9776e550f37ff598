using System.Runtime.InteropServices;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Tests;

/// <summary>A copy of what was captured.</summary>
internal sealed record CapturedRecord(
    CaptureContext Context,
    PredictionId Id,
    long TimeMicroseconds,
    int LatencyMicroseconds,
    int Status,
    int Rows,
    string Unit,
    string RequestId,
    string TraceId,
    string Error,
    byte[] Inputs,
    byte[] Outputs,
    PredictionRole Role,
    PredictionId ShadowOf,
    RouteKind Route,
    OmittedParts Omitted)
{
    public float[] FirstOutput() => First(Outputs);

    public float[] FirstInput() => First(Inputs);

    private static float[] First(byte[] block)
    {
        ReadOnlySpan<byte> rest = block;
        Assert.True(TensorBlock.TryRead(ref rest, out var tensor));
        return MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();
    }
}
