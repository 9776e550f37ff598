using Fairlead.Platforms.Tests.Local;

namespace Fairlead.Platforms.Tests;

/// <summary>Runs the tests, or plays one of their processes.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable(ActorProcess.RoleVariable) is { } role)
            return await Actor.PlayAsync(role, args);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
