namespace Fairlead.Notices.Following;

/// <summary>Which freezes hold, as far as it was told.</summary>
/// <param name="Begun">Their keys.</param>
internal sealed record FreezeMark(IReadOnlyList<string> Begun);
