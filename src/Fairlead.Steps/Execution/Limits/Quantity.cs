using System.Globalization;

namespace Fairlead.Steps.Execution.Limits;

/// <summary>Bytes as the project file writes them, for people.</summary>
internal static class Quantity
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Such as <c>2 GiB</c> or <c>1.5 MiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < Units.Length - 1)
            (value, unit) = (value / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
