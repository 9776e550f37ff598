using Fairlead.CommandLine;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what a deployment or rollback did.</summary>
internal static class DeploymentPrinter
{
    public static void Print(CommandContext context, Deployment answer, string whenUnchanged)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(answer, DeliveryJson.Default.Deployment);
            return;
        }

        if (!answer.Changed)
            context.Error.MarkupLineInterpolated($"[grey]{whenUnchanged}[/]");
        context.Out.Write(ServerGroupTable.Create(answer.Live, []));
    }
}
