using System.Text;
using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Outcomes;

/// <summary>The key of one service's outcomes, ready to be written.</summary>
/// <param name="Service">UTF-8.</param>
/// <param name="Window">Microseconds.</param>
/// <param name="Hash">Null when units are recorded as they are.</param>
internal sealed record ResolvedKey(byte[] Service, long Window, bool IsAboutEvery, CaptureHash? Hash)
{
    public byte[] UnitOf(string unit) => Encoding.UTF8.GetBytes(Hash is null ? unit : Hash.Of(unit));
}
