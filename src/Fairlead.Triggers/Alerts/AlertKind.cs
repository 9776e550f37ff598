using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Alerts;

internal sealed class AlertKind(IFiringAlerts alerts) : ITriggerKind
{
    public string Name => "alert";

    public ITriggerSource Create(TriggerContext trigger) => new AlertSource(trigger, alerts);
}
