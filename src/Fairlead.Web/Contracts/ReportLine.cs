using System.Text.Json;

namespace Fairlead.Web.Contracts;

/// <summary>The last line of a stream that ended as it should: what it came to.</summary>
public sealed record ReportLine(JsonElement Report);
