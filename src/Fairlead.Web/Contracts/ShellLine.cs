using System.Text.Json;

namespace Fairlead.Web.Contracts;

/// <summary>The one line of a shell's answer: how to start it. The sandbox is there as long as the answer is read.</summary>
public sealed record ShellLine(JsonElement Shell);
