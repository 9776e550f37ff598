using System.Globalization;

namespace Fairlead.Monitoring.Experiments;

/// <summary>How far a treatment may be from the control.</summary>
/// <param name="IsUpper">True when the treatment must be at most that far above, false when it must be at most that far below.</param>
/// <param name="Margin">Signed; 0.05 for 5 % when it is relative, else in the metric's unit.</param>
/// <param name="IsRelative">True for a share of the control's mean.</param>
public sealed record MetricLimit(bool IsUpper, double Margin, bool IsRelative)
{
    /// <summary>As it is written, such as <c>&lt;= +5%</c>.</summary>
    public override string ToString() =>
        $"{(IsUpper ? "<=" : ">=")} {(IsRelative ? Margin * 100 : Margin).ToString("+0.######;-0.######;+0", CultureInfo.InvariantCulture)}{(IsRelative ? "%" : "")}";
}
