using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Capturing;

/// <summary>
/// The share of a service's requests that is captured. The choice follows from the service and the unit alone, so that a unit is kept whole
/// in every environment and release, and a larger share keeps those that a smaller one has. Without a unit it follows from the id that
/// the client got, so that a shadow's answer is kept with the live one.
/// </summary>
internal sealed class UnitSample
{
    private const double Numbers = 4.0 * (1UL << 62);
    private const int IdSize = 16;
    private readonly byte[] salt;
    private readonly ulong end;

    /// <param name="share">0 to below 1.</param>
    public UnitSample(string service, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);

        // Another salt than that of the traffic: who is captured tells nothing of who sees which version.
        salt = Encoding.UTF8.GetBytes("capture/" + service);
        end = (ulong)(share * Numbers);
    }

    /// <param name="unit">May be empty.</param>
    /// <param name="id">That the client got.</param>
    public bool Keeps(ReadOnlySpan<byte> unit, PredictionId id)
    {
        if (!unit.IsEmpty)
            return UnitHash.Of(salt, unit) < end;
        Span<byte> bytes = stackalloc byte[IdSize];
        id.Write(bytes);
        return UnitHash.Of(salt, bytes) < end;
    }
}
