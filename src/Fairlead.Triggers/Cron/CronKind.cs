using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Cron;

internal sealed class CronKind(TimeProvider time) : ITriggerKind
{
    public string Name => "cron";

    public ITriggerSource Create(TriggerContext trigger) => new CronSource(trigger, time);
}
