using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Delivery.Serialization;

namespace Fairlead.Commands;

/// <summary>Shows in what two environments differ, or what a deployment would change.</summary>
internal sealed class EnvDiffCommand : CliCommand
{
    private static readonly Argument<string> Left = new("environment") { Description = "The environment." };
    private static readonly Argument<string?> Right = new("other") { Description = "The one to compare it with.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Release = new("--release") { Description = "What deploying this release to the environment would change; without another environment the newest.", HelpName = "vNNN" };

    public EnvDiffCommand()
        : base(
            "diff",
            "Show in what two environments differ: settings, configuration, references to secrets, releases and traffic. With one environment, what deploying a release would change.",
            "fairlead env diff stage prod",
            "fairlead env diff prod --release v007",
            "fairlead env diff prod                  # the newest release")
    {
        Arguments.Add(Left);
        Arguments.Add(Right);
        Options.Add(Release);
        Validators.Add(result =>
        {
            if (result.GetValue(Right) is not null && result.GetValue(Release) is not null)
                result.AddError("Give another environment or '--release', not both.");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var environment = Uri.EscapeDataString(parse.GetRequiredValue(Left));
        var path = parse.GetValue(Right) is { } other
            ? $"/api/environments/{environment}/diff/{Uri.EscapeDataString(other)}"
            : $"/api/environments/{environment}/preview{(parse.GetValue(Release) is { } release ? $"?release={Uri.EscapeDataString(release)}" : "")}";
        EnvDiffPrinter.Print(context, await client.GetAsync(path, DeliveryJson.Default.EnvironmentDiff, cancellationToken));
        return ExitCodes.Success;
    }
}
