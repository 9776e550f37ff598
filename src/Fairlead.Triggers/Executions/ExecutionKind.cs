using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Executions;

internal sealed class ExecutionKind(IExecutionCatalog catalog) : ITriggerKind
{
    public string Name => "pipeline";

    public ITriggerSource Create(TriggerContext trigger) => new ExecutionSource(trigger, catalog);
}
