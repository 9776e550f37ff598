using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Alerts;

/// <summary>Beginnings of an alert's firing, once each.</summary>
internal sealed class AlertSource(TriggerContext trigger, IFiringAlerts alerts) : ITriggerSource
{
    private readonly string rule = trigger.Settings.Required("rule");

    public string Source => rule;

    public TimeSpan? Interval => TimeSpan.FromSeconds(2);

    public async Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        var firing = (await alerts.ListAsync(cancellationToken).ConfigureAwait(false)).Where(alert => alert.Rule == rule).OrderBy(alert => alert.Since).ToList();
        IReadOnlyList<string> keys = [.. firing.Select(Key)];
        var now = JsonSerializer.Serialize(keys, CursorJson.Default.IReadOnlyListString);
        if (now == cursor)
            return null;
        var known = cursor is null ? null : JsonSerializer.Deserialize(cursor, CursorJson.Default.IReadOnlyListString);
        return new TriggerLook(now, known is null ? [] : [.. firing.Where(alert => !known.Contains(Key(alert))).Select(Order)]);
    }

    private FiringOrder Order(FiringAlert alert)
    {
        var about = alert.Target.Length == 0 ? "" : $" about {alert.Target}";
        var cause = new ExecutionCause("alert", rule, $"The alert '{rule}'{about} fires{(alert.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $" at {value:0.####}") : "")}.");
        var data = new JsonObject { ["rule"] = rule, ["target"] = alert.Target, ["value"] = alert.Value, ["since"] = alert.Since.ToString("O", CultureInfo.InvariantCulture) };
        return trigger.Fire(Key(alert), alert.Since, cause, data);
    }

    private static string Key(FiringAlert alert) => $"{alert.Target} {alert.Since.ToUnixTimeMilliseconds()}";
}
