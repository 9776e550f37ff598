using System.Globalization;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>A value for each step of a window, NaN where there is none.</summary>
internal static class StepPoints
{
    public static double[] Empty(CanaryWindow window)
    {
        var points = new double[window.ExpectedPoints];
        Array.Fill(points, double.NaN);
        return points;
    }

    /// <summary>Sets the value of a step; what lies outside the window is left out.</summary>
    public static void Set(double[] points, long step, double? value)
    {
        if (step >= 0 && step < points.Length && value is { } number)
            points[step] = number;
    }

    /// <summary>A number of a row; null where there is none.</summary>
    public static double? Number(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
