using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Serialization;
using Fairlead.Domain.Configurations;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows an environment.</summary>
internal sealed class EnvShowCommand : CliCommand
{
    private static readonly Argument<string> Environment = new("environment") { Description = "The environment." };

    public EnvShowCommand()
        : base("show", "Show an environment: every value that holds, where it came from, and what runs with which configuration.", "fairlead env show prod", "fairlead env show acme --format json") =>
        Arguments.Add(Environment);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var report = await client.GetAsync($"/api/environments/{Uri.EscapeDataString(parse.GetRequiredValue(Environment))}", DeliveryJson.Default.EnvironmentReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(report, DeliveryJson.Default.EnvironmentReport);
        else
            Print(context, report);
        return ExitCodes.Success;
    }

    private static void Print(CommandContext context, EnvironmentReport report)
    {
        var values = new Table { Border = TableBorder.Simple }.AddColumns("key", "value", "from");
        foreach (var value in report.Environment.Values ?? [])
            values.AddRow(new Text(value.Key), new Text(ConfigJson.Text(value.Value)), new Text(value.From, value.From == report.Environment.Name ? Style.Plain : new Style(Color.Grey)));
        if (values.Rows.Count > 0)
            context.Out.Write(values);
        else
            context.Out.MarkupLine("[grey]the project file says nothing of it: it is deployed to in the usual way[/]");
        foreach (var group in report.Live)
        {
            context.Out.MarkupLineInterpolated($"[bold]{group.Name}[/] {group.Weight} · release {group.Release} · {group.Service.Label} · configuration {group.Configuration.Short}");
            foreach (var setting in (group.Service.Config ?? []).Where(setting => setting.Effective is not null))
                context.Out.MarkupLineInterpolated($"  {setting.Name} = {ConfigJson.Text(setting.Effective!.Value)}");
            foreach (var (variable, reference) in group.Service.Command?.Settings.Secrets ?? new Dictionary<string, string>())
                context.Out.MarkupLineInterpolated($"  {variable} [grey]from[/] {reference}");
        }
    }
}
