using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Fairlead.Predictions.Tests;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Keeping.KeepingChild.Argument, var folder, var unit])
        {
            await Keeping.KeepingChild.KeepForEver(folder, unit);
            return 0;
        }

        if (args is [Query.Workers.WorkerCommand.Argument, var predictions, var scratch])
        {
            Fairlead.Predictions.Query.Workers.QueryWorkerProcess.Run(predictions, scratch, Console.OpenStandardInput(), Console.OpenStandardOutput());
            return 0;
        }

        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
