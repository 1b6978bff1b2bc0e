/**
 * A mail as a thread brings it, after the server's sanitiser: a greeting, a list, a table of layout, a link, a picture of the web, and history below.
 */
export const mailOf = (number: number): string => `<div dir="ltr"><p>Hello Mia,</p>
<p>the hub of floor ${number} went offline <b>again</b> at 2:${10 + (number % 50)}. What we have tried:</p>
<ul><li>another cable</li><li>another <i>switch</i></li><li>the steps of <a href="https://help.example.com/hub?floor=${number}">the article</a></li></ul>
<table><tbody>${Array.from({ length: 6 }, (_, row) => `<tr><td>${row}:00</td><td>${(number * 7 + row) % 40} °C</td><td>online</td></tr>`).join('')}</tbody></table>
<p><img src="https://cdn.example.com/logo-${number}.png" width="120" height="40" alt="Acme" /></p>
<p>Best,<br />Alice</p>
<blockquote><p>On Monday, Mia Lindqvist wrote:</p><p>${'Could you send us the log of that night? '.repeat(8)}</p></blockquote></div>`;
