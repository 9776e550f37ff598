namespace Fairlead.Web.Contracts;

public sealed record ExecutionStartAnswer(int Number);
