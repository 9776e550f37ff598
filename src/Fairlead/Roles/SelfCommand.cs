using System.Reflection;

namespace Fairlead.Roles;

/// <summary>How to start this very program again.</summary>
internal static class SelfCommand
{
    /// <summary>The dotnet host, or this program itself when it was published with its own launcher.</summary>
    public static string FileName => Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process is not known.");

    /// <summary>The arguments that go before a command's own.</summary>
    public static IReadOnlyList<string> LeadingArguments =>
        Path.GetFileNameWithoutExtension(FileName) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];

    /// <summary>Version of this build: the number and, where known, the commit.</summary>
    public static string Version =>
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
