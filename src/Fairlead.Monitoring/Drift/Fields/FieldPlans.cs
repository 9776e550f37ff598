using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Fields;

/// <summary>The fields of a service.</summary>
internal sealed record FieldPlans(IReadOnlyList<FieldPlan> Fields, IReadOnlyList<SkippedField> Skipped)
{
    public IEnumerable<FieldPlan> Of(FieldSource source) => Fields.Where(field => field.Source == source);
}
