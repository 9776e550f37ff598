using Fairlead.CommandLine;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what a deployment or rollback did.</summary>
internal static class DeploymentPrinter
{
    public static void Print(CommandContext context, DeploymentAnswer answer, string whenUnchanged)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(answer, WebJson.Default.DeploymentAnswer);
            return;
        }

        if (!answer.Changed)
            context.Error.MarkupLineInterpolated($"[grey]{whenUnchanged}[/]");
        context.Out.Write(ServerGroupTable.Create(answer.ServerGroups, []));
    }
}
