using System.Text;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Keeping;

internal static class Keyed
{
    public static KeyedOutcomeEntry Entry(string service, string environment, string unit, long time) => new()
    {
        Service = Encoding.UTF8.GetBytes(service),
        Environment = Encoding.UTF8.GetBytes(environment),
        Unit = Encoding.UTF8.GetBytes(unit),
        TimeMicroseconds = time,
        PostedMicroseconds = time,
        WindowMicroseconds = 3_600_000_000,
        Json = """{"late": 1}"""u8,
    };
}
