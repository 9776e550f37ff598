using Fairlead.Monitoring.Experiments;

namespace Fairlead.Web.Pages.Views;

/// <summary>All experiments, newest first.</summary>
public sealed record ExperimentsView(IReadOnlyList<ExperimentRow> Rows)
{
    public static ExperimentsView Of(IReadOnlyList<Experiment> experiments, DateTimeOffset now) =>
        new([.. experiments.Select(experiment => ExperimentRow.Of(experiment, now))]);
}
