using Fairlead.Domain.Datasets;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Datasets;

internal sealed class DatasetKind(IDatasetCatalog catalog, IWatchedDatasets files) : ITriggerKind
{
    public string Name => "dataset";

    public ITriggerSource Create(TriggerContext trigger) => new DatasetSource(trigger, catalog, files);
}
